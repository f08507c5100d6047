//! What a user says of a report's looks → how it presents itself.

use std::fs;
use std::path::PathBuf;

use super::text::TextError;
use super::{ConfigurationError, Setting};
use crate::report::presentation::{Accent, Audience, Logo, Presentation};
use crate::visible::visible_path;

/// What a user says of a report.
#[derive(Debug)]
pub struct PresentationChoice {
    /// Name of the company.
    pub company: Option<String>,
    /// Title in place of the usual one.
    pub title: Option<String>,
    /// A paragraph under the title.
    pub introduction: Option<String>,
    /// File of a picture.
    pub logo: Setting<PathBuf>,
    /// Colour of rules and links.
    pub accent: Option<Accent>,
    /// For whom it is.
    pub audience: Setting<Audience>,
}

impl PresentationChoice {
    /// How reports present themselves; `touchpoint` says whether one alone is told of.
    ///
    /// # Errors
    /// If the logo cannot be read, is no picture or too large; if a report for the owner of a touchpoint is wanted, and no
    /// touchpoint named.
    pub fn presentation(self, touchpoint: bool) -> Result<Presentation, ConfigurationError> {
        if self.audience.value == Some(Audience::Owner) && !touchpoint {
            let problem = "a report for an owner is one of a touchpoint, and none is named";
            let remedy = "name it with --touchpoint, such as --touchpoint hotline";
            return Err(self.audience.wrong(problem.to_owned(), remedy.to_owned()));
        }
        let logo = self.logo()?;
        let Self { company, title, introduction, accent, audience, .. } = self;
        Ok(Presentation { company, title, introduction, logo, accent, audience: audience.value })
    }

    fn logo(&self) -> Result<Option<Logo>, ConfigurationError> {
        let Some(path) = &self.logo.value else { return Ok(None) };
        let bytes = fs::read(path).map_err(|source| {
            let (path, what) = (path.clone(), "the logo");
            TextError::Read { path, what, source }
        })?;
        let size = bytes.len();
        if size > Logo::MOST {
            let problem = format!("{} has {size} bytes", visible_path(path));
            let remedy = format!("a page carries a logo of at most {} bytes", Logo::MOST);
            return Err(self.logo.wrong(problem, remedy));
        }
        Logo::new(bytes).map(Some).ok_or_else(|| {
            let problem = format!("{} is no picture that browsers show", visible_path(path));
            self.logo.wrong(problem, "give a PNG, JPEG, GIF, WebP or SVG".to_owned())
        })
    }
}
