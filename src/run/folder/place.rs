//! Puts a finished folder in its place, and puts right what broke off on the way.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::stage::Stage;
use crate::report::outputs::OutputFile;

/// The file that is put in place last, and taken away first: folders that have it are whole.
const LAST: OutputFile = OutputFile::Manifest;

/// Holds the names of the new files while a folder is exchanged as a whole.
const REPLACING: &str = "replacing";

/// Holds the names of the new files while they are put in place one by one.
const PLACING: &str = "placing";

/// Other files in an output folder that a new one takes over. With more, it is more than a folder of
/// results with some notes.
const MOST_OTHERS: usize = 1000;

/// Puts the files of a stage in their place. On an error, everything is as it was.
pub(super) fn place(stage: &Stage) -> io::Result<()> {
    let names = new_names(stage)?;
    if !stage.target.exists() {
        return fs::rename(stage.new_folder(), &stage.target);
    }
    for name in &names {
        if stage.target.join(name).is_dir() {
            let what = format!("there is a folder called {name}");
            return Err(io::Error::new(ErrorKind::IsADirectory, what));
        }
    }
    if stage.beside && exchange(stage, &names)? { Ok(()) } else { one_by_one(stage, &names) }
}

fn new_names(stage: &Stage) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(stage.new_folder())? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort_by_key(|name| (name == LAST.name(), name.clone()));
    Ok(names)
}

/// Puts the new folder in the place of the old one, with the other files of the old one in it. Says
/// no where that does not go, and leaves everything as it was.
fn exchange(stage: &Stage, names: &[String]) -> io::Result<bool> {
    let Some(others) = others(&stage.target, names)? else { return Ok(false) };
    note(stage, REPLACING, names)?;
    let taken_over = take_over(stage, &others)
        .and_then(|()| swap(&stage.new_folder(), &stage.target).or_else(|_| put_aside(stage)));
    if taken_over.is_err() {
        for name in &others {
            let _ = fs::remove_file(stage.new_folder().join(name));
        }
        fs::remove_file(stage.path.join(REPLACING))?;
        return Ok(false);
    }
    // The new folder stands. What cannot be settled now, the next run settles.
    let _ = settle(stage);
    Ok(true)
}

/// The names of other files in a folder; nothing if there are folders among them, or very many.
fn others(folder: &Path, names: &[String]) -> io::Result<Option<Vec<OsString>>> {
    let mut others = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() || others.len() == MOST_OTHERS {
            return Ok(None);
        }
        if !names.iter().any(|name| entry.file_name() == name.as_str()) {
            others.push(entry.file_name());
        }
    }
    Ok(Some(others))
}

/// Gives the new folder the other files of the old one, under a second name, and its owner and
/// permissions.
fn take_over(stage: &Stage, others: &[OsString]) -> io::Result<()> {
    let new = stage.new_folder();
    for name in others {
        fs::hard_link(stage.target.join(name), new.join(name))?;
    }
    let old = fs::metadata(&stage.target)?;
    own_like(&new, &old)?;
    fs::set_permissions(&new, old.permissions())
}

#[cfg(unix)]
fn own_like(new: &Path, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let own = fs::metadata(new)?;
    if (own.uid(), own.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    chown(new, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
fn own_like(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Exchanges two folders in one step.
#[cfg(target_os = "linux")]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Exchanges the folders in two steps, where there is no way in one.
fn put_aside(stage: &Stage) -> io::Result<()> {
    let old = stage.old_folder();
    fs::create_dir_all(stage.path.join("old"))?;
    fs::rename(&stage.target, &old)?;
    fs::rename(stage.new_folder(), &stage.target).inspect_err(|_| {
        // Or else the next run does it.
        let _ = fs::rename(&old, &stage.target);
    })
}

/// Puts the new files in the place of the old ones one after the other, or all back.
fn one_by_one(stage: &Stage, names: &[String]) -> io::Result<()> {
    note(stage, PLACING, names)?;
    let (new, old) = (stage.new_folder(), stage.old_folder());
    fs::create_dir_all(&old)?;
    let aside = names.iter().rev().map(|name| (&stage.target, &old, name));
    let placed = names.iter().map(|name| (&new, &stage.target, name));
    let moved = aside.chain(placed).try_for_each(|(from, to, name)| {
        match fs::rename(from.join(name), to.join(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound && from == &stage.target => Ok(()),
            moved => moved,
        }
    });
    if moved.is_err() {
        put_back(stage, names)?;
    }
    fs::remove_file(stage.path.join(PLACING))?;
    moved
}

/// Undoes what [`one_by_one`] did, unless it had done all.
fn put_back(stage: &Stage, names: &[String]) -> io::Result<()> {
    let (new, old, target) = (stage.new_folder(), stage.old_folder(), &stage.target);
    if fs::read_dir(&new)?.next().is_none() {
        return Ok(());
    }
    for name in names {
        if !new.join(name).exists() && target.join(name).exists() {
            fs::rename(target.join(name), new.join(name))?;
        }
    }
    for name in names {
        if old.join(name).exists() {
            fs::rename(old.join(name), target.join(name))?;
        }
    }
    Ok(())
}

/// Notes what is about to be put in place, for whoever has to put it right.
fn note(stage: &Stage, kind: &str, names: &[String]) -> io::Result<()> {
    fs::write(stage.path.join(kind), names.join("\n"))
}

/// What was about to be put in place.
fn noted(stage: &Stage, kind: &str) -> io::Result<Option<Vec<String>>> {
    match fs::read_to_string(stage.path.join(kind)) {
        Ok(names) => {
            // None may lead to another folder.
            let plain = |name: &&str| Path::new(name).file_name().is_some_and(|own| own == *name);
            Ok(Some(names.lines().filter(plain).map(str::to_owned).collect()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Brings a publication to its end, or back to its start if it broke off: afterwards, nothing in the
/// stage is anybody's.
pub(super) fn settle(stage: &Stage) -> io::Result<()> {
    if let Some(names) = noted(stage, REPLACING)? {
        if !stage.target.exists() && stage.old_folder().exists() {
            fs::rename(stage.old_folder(), &stage.target)?;
        }
        for folder in [stage.new_folder(), stage.old_folder()] {
            if folder.is_dir() {
                empty(&folder, &stage.target, &names)?;
            }
        }
        fs::remove_file(stage.path.join(REPLACING))?;
    }
    if let Some(names) = noted(stage, PLACING)? {
        put_back(stage, &names)?;
        fs::remove_file(stage.path.join(PLACING))?;
    }
    Ok(())
}

/// Removes our files of a folder, and moves all others to where the folder stood.
fn empty(folder: &Path, target: &Path, names: &[String]) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if names.iter().any(|own| name == own.as_str()) {
            fs::remove_file(path)?;
        } else {
            bring_back(&path, &target.join(name))?;
        }
    }
    fs::remove_dir(folder)
}

/// Moves what the user has in a folder that was exchanged. Most of it is in the new one already, under
/// a second name; what was written meanwhile wins.
fn bring_back(from: &Path, to: &Path) -> io::Result<()> {
    let there = match fs::symlink_metadata(to) {
        Ok(there) => there,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            return fs::rename(from, to);
        }
        Err(error) => return Err(error),
    };
    let here = fs::symlink_metadata(from)?;
    if here.is_dir() || there.is_dir() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    if there.modified()? >= here.modified()? { fs::remove_file(from) } else { fs::rename(from, to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(folder: &Path) -> Stage {
        let target = folder.join("out");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("report.html"), "old").unwrap();
        fs::write(target.join("run.json"), "old").unwrap();
        let stage = Stage::make(&target).unwrap();
        fs::write(stage.new_folder().join("report.html"), "new").unwrap();
        stage
    }

    fn content(stage: &Stage) -> Vec<String> {
        let names = ["report.html", "run.json"];
        names.map(|name| fs::read_to_string(stage.target.join(name)).unwrap()).into()
    }

    #[test]
    fn files_that_were_put_in_place_go_back_if_another_one_fails() {
        let folder = tempfile::tempdir().unwrap();
        let mut stage = stage(folder.path());
        fs::write(stage.new_folder().join("run.json"), "new").unwrap();
        // The second of them is not there to be moved.
        let names = ["report.html", "summary.csv", "run.json"].map(str::to_owned);
        assert!(one_by_one(&stage, &names).is_err());
        assert_eq!(content(&stage), ["old", "old"]);
        stage.clear();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn folders_are_exchanged_in_two_steps_where_there_is_no_way_in_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut stage = stage(folder.path());
        fs::write(stage.new_folder().join("run.json"), "new").unwrap();
        fs::write(stage.target.join("mine.txt"), "keep").unwrap();
        note(&stage, REPLACING, &new_names(&stage).unwrap()).unwrap();
        put_aside(&stage).unwrap();
        settle(&stage).unwrap();
        assert_eq!(content(&stage), ["new", "new"]);
        assert_eq!(fs::read_to_string(stage.target.join("mine.txt")).unwrap(), "keep");
        stage.clear();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn of_two_versions_of_a_users_file_the_newer_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let [older, newer] = ["older", "newer"].map(|name| folder.path().join(name));
        for (from, to) in [(&older, &newer), (&newer, &older)] {
            for (path, seconds) in [(&older, 100), (&newer, 200)] {
                fs::write(path, path.file_name().unwrap().as_encoded_bytes()).unwrap();
                let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
                fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
            }
            bring_back(from, to).unwrap();
            assert_eq!(fs::read_to_string(to).unwrap(), "newer");
            assert!(!from.exists());
        }
    }
}
