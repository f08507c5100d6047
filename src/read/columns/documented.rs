//! Roles that the profile of a tool gives, where the content does not contradict them.

use super::assign::Contender;
use super::choice::ColumnChoice;
use super::role::{AssignedRole, Role};
use crate::read::doubt::{Doubt, Evidence};
use crate::read::profiles::{FittedProfile, ProfileRole};

/// Share of cells that must be what is documented.
const MOST: f64 = 0.5;

/// Gives the columns that have no role yet those that are documented. What the user says of a role holds alone.
pub(super) fn assign(
    contenders: &[Contender],
    profile: &FittedProfile,
    choice: &ColumnChoice,
    assigned: &mut [Option<AssignedRole>],
) {
    for &(column, own) in &profile.roles {
        let role = role(own);
        let many = matches!(role, Role::Text | Role::Segment | Role::Other);
        let taken = !many && assigned.iter().flatten().any(|assigned| assigned.role == role);
        let named = match role {
            Role::Text => !choice.text_columns.is_empty(),
            Role::Segment => !choice.segment_columns.is_empty(),
            _ => false,
        };
        let contender = &contenders[column];
        if assigned[column].is_none() && !taken && !named && contender.may_be(own) {
            assigned[column] = Some(contender.documented(own, &profile.told.name));
        }
    }
}

/// The role that columns have of which a profile says this.
fn role(own: ProfileRole) -> Role {
    match own {
        ProfileRole::Of(role) => role,
        ProfileRole::Reply => Role::Other,
    }
}

impl Contender<'_> {
    /// Whether what it holds does not contradict a role.
    fn may_be(&self, role: ProfileRole) -> bool {
        let (sample, measures) = (&self.sample, self.measures);
        match role {
            ProfileRole::Reply | ProfileRole::Of(Role::Other) => true,
            // What is empty is no contradiction, and of no use.
            _ if sample.is_empty() => role == ProfileRole::Of(Role::Text),
            ProfileRole::Of(role) => match role {
                Role::Text => !sample.numbers() && !sample.dates() && !sample.links(),
                Role::Id => self.identifies(),
                Role::Date => measures.dates.share >= MOST,
                Role::Nps => measures.are_likelihoods(),
                Role::Rating => {
                    measures.ratings.as_ref().is_some_and(|ratings| ratings.are_ratings(true))
                }
                Role::Source | Role::Touchpoint | Role::Segment | Role::Other => true,
            },
        }
    }

    fn documented(&self, own: ProfileRole, tool: &str) -> AssignedRole {
        let reply = own == ProfileRole::Reply;
        let reason = if reply { "what the company replied" } else { "documented" };
        let evidence = || Evidence::in_sample(self.sample.cells.iter().copied(), |_| true);
        let told = reply && !self.sample.is_empty();
        let column = || self.name.to_owned();
        let doubt = told.then(|| Doubt::Reply { column: column(), evidence: evidence() });
        AssignedRole::doubted(role(own), format!("{reason} ({tool})"), doubt)
    }
}
