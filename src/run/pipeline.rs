//! One thread that reads, several that work, one that writes: all at once, in order, in bounded
//! memory.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Where the first stage puts what it reads. Everything comes out in the order in which it went in.
pub(super) struct Feed<In, Out> {
    tickets: Receiver<()>,
    work: Sender<(u64, In)>,
    done: Sender<(u64, Option<Out>)>,
    next: u64,
}

/// Nobody waits for results any more.
#[derive(Debug)]
pub(super) struct Stopped;

impl<In, Out> Feed<In, Out> {
    /// Gives something to the workers. Waits while too much is under way.
    pub(super) fn work(&mut self, item: In) -> Result<(), Stopped> {
        let number = self.number()?;
        self.work.send((number, item)).map_err(|_| Stopped)
    }

    /// Gives something to the last stage, behind the results of all that went in before.
    pub(super) fn pass(&mut self, item: Out) -> Result<(), Stopped> {
        let number = self.number()?;
        self.done.send((number, Some(item))).map_err(|_| Stopped)
    }

    fn number(&mut self) -> Result<u64, Stopped> {
        self.tickets.recv().map_err(|_| Stopped)?;
        self.next += 1;
        Ok(self.next - 1)
    }
}

/// Where the workers take from, each what comes next.
pub(super) struct Queue<In, Out> {
    work: Mutex<Receiver<(u64, In)>>,
    done: Sender<(u64, Option<Out>)>,
}

impl<In, Out> Queue<In, Out> {
    /// Works on what comes until nothing more does. To be called on every working thread.
    pub(super) fn for_each(&self, mut work: impl FnMut(In) -> Out) {
        loop {
            let item = self.work.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((number, item)) = item else { return };
            let alarm = Alarm(&self.done);
            let result = work(item);
            drop(alarm);
            if self.done.send((number, Some(result))).is_err() {
                return;
            }
        }
    }
}

/// Tells the last stage of a panic, so that it does not wait for a result that never comes.
struct Alarm<'a, Out>(&'a Sender<(u64, Option<Out>)>);

impl<Out> Drop for Alarm<'_, Out> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send((0, None));
        }
    }
}

/// Runs `read` and `work` on threads of their own and `write` on this one, until all that was read
/// is written or `write` fails. `most` items are under way at the same time.
pub(super) fn run<In: Send, Out: Send, E>(
    most: usize,
    read: impl FnOnce(&mut Feed<In, Out>) -> Result<(), Stopped> + Send,
    work: impl FnOnce(&Queue<In, Out>) + Send,
    write: impl FnMut(Out) -> Result<(), E>,
) -> Result<(), E> {
    let (give_back, tickets) = sync_channel(most);
    for _ in 0..most {
        // There is room for all of them.
        let _ = give_back.send(());
    }
    let (work_sender, work_receiver) = channel();
    let (done, results) = channel();
    let mut feed = Feed { tickets, work: work_sender, done: done.clone(), next: 0 };
    let queue = Queue { work: Mutex::new(work_receiver), done };
    thread::scope(|scope| {
        scope.spawn(move || {
            // Where nobody waits any more, reading stops too.
            let _ = read(&mut feed);
        });
        scope.spawn(move || work(&queue));
        in_order(results, give_back, write)
    })
}

/// Hands results to `write` in the order of their numbers.
fn in_order<Out, E>(
    results: Receiver<(u64, Option<Out>)>,
    give_back: SyncSender<()>,
    mut write: impl FnMut(Out) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, result) in results {
        // A worker panicked: the scope passes that on once all threads have ended.
        let Some(result) = result else { return Ok(()) };
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            write(result)?;
            next += 1;
            // Fails only when reading is over.
            let _ = give_back.send(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    /// Squares numbers on `threads` threads, slower ones first.
    fn squares(queue: &Queue<u64, u64>, threads: usize, under_way: &AtomicUsize) {
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    queue.for_each(|n| {
                        under_way.fetch_add(1, Ordering::SeqCst);
                        thread::sleep(Duration::from_micros(n % 7 * 100));
                        assert!(n != 1_000, "an unlucky number");
                        n * n
                    });
                });
            }
        });
    }

    #[test]
    fn results_come_in_order_and_few_are_under_way() {
        let under_way = AtomicUsize::new(0);
        let mut found = Vec::new();
        let read = |feed: &mut Feed<u64, u64>| {
            for n in 0..300 {
                if n % 10 == 0 { feed.pass(n)? } else { feed.work(n)? }
            }
            Ok(())
        };
        run(
            5,
            read,
            |queue| squares(queue, 3, &under_way),
            |n| {
                found.push(n);
                let started = under_way.load(Ordering::SeqCst);
                assert!(started <= found.len() + 5, "{started} for {}", found.len());
                Ok::<(), ()>(())
            },
        )
        .expect("nothing fails");
        let expected: Vec<u64> = (0..300).map(|n| if n % 10 == 0 { n } else { n * n }).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_failure_to_write_ends_everything() {
        let endless = |feed: &mut Feed<u64, u64>| loop {
            feed.work(2)?;
        };
        let under_way = AtomicUsize::new(0);
        let mut left = 20;
        let result = run(
            4,
            endless,
            |queue| squares(queue, 2, &under_way),
            |_| {
                left -= 1;
                if left == 0 { Err("disk full") } else { Ok(()) }
            },
        );
        assert_eq!(result, Err("disk full"));
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_of_a_worker_is_passed_on() {
        let read = |feed: &mut Feed<u64, u64>| {
            for n in 990.. {
                feed.work(n)?;
            }
            Ok(())
        };
        let under_way = AtomicUsize::new(0);
        let _ = run(4, read, |queue| squares(queue, 2, &under_way), |_| Ok::<(), ()>(()));
    }
}
