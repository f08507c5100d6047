//! What a sector adds to a codebook: touchpoints of its own, and words, examples and known problems
//! of touchpoints that every company has.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::{Codebook, CodebookError, KnownProblem, Touchpoint, parse};
use crate::text::Language;
use crate::text::fold::fold;

/// A sector with a codebook beside the built-in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Sector {
    /// Claims, settlement, assessors, cover, policies.
    Insurance,
    /// Activation, switching, coverage, technicians, routers.
    Telecom,
    /// Meters, instalments, annual bills, tariffs, supply.
    Energy,
    /// Checkouts, collection, fit, freshness, shelves.
    Retail,
    /// Rooms, reception, breakfast, waiting staff.
    Hospitality,
    /// Baggage, check-in, delays, rebooking, crews.
    Travel,
    /// Accounts, cards, transfers, loans, portfolios.
    Banking,
    /// Onboarding, integrations, releases, bugs, licences.
    Saas,
    /// Appointments, waiting rooms, doctors, results, costs.
    Health,
    /// Applications, processing, offices, notices, permits.
    Public,
}

impl Sector {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Insurance,
        Self::Telecom,
        Self::Energy,
        Self::Retail,
        Self::Hospitality,
        Self::Travel,
        Self::Banking,
        Self::Saas,
        Self::Health,
        Self::Public,
    ];

    /// Name in options and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Insurance => "insurance",
            Self::Telecom => "telecom",
            Self::Energy => "energy",
            Self::Retail => "retail",
            Self::Hospitality => "hospitality",
            Self::Travel => "travel",
            Self::Banking => "banking",
            Self::Saas => "saas",
            Self::Health => "health",
            Self::Public => "public",
        }
    }

    /// Source of its codebook.
    pub fn source(self) -> &'static str {
        match self {
            Self::Insurance => include_str!("../sectors/insurance.toml"),
            Self::Telecom => include_str!("../sectors/telecom.toml"),
            Self::Energy => include_str!("../sectors/energy.toml"),
            Self::Retail => include_str!("../sectors/retail.toml"),
            Self::Hospitality => include_str!("../sectors/hospitality.toml"),
            Self::Travel => include_str!("../sectors/travel.toml"),
            Self::Banking => include_str!("../sectors/banking.toml"),
            Self::Saas => include_str!("../sectors/saas.toml"),
            Self::Health => include_str!("../sectors/health.toml"),
            Self::Public => include_str!("../sectors/public.toml"),
        }
    }

    /// Keyphrases of its own touchpoints; what it adds to built-in ones is left out.
    pub fn keyphrases(self) -> BTreeMap<Language, Vec<String>> {
        let mut keyphrases = BTreeMap::<_, Vec<_>>::new();
        // A test parses the source, so none is ever left out.
        let touchpoints = self.addition().map(|addition| addition.touchpoints).unwrap_or_default();
        for (language, own) in touchpoints.into_iter().flat_map(|(own, _)| own.keyphrases) {
            keyphrases.entry(language).or_default().extend(own);
        }
        keyphrases
    }

    fn addition(self) -> Result<Addition, CodebookError> {
        parse::sector(self.source(), &self.file())
    }

    /// How errors name its codebook.
    fn file(self) -> String {
        format!("sector {}", self.name())
    }
}

/// What a sector's source says.
pub(super) struct Addition {
    /// The codebook that it is written for: phases and parents are those of this one.
    pub base: Codebook,
    /// Its touchpoints, each with line and column of its identifier.
    pub touchpoints: Vec<(Touchpoint, (usize, usize))>,
    /// What it adds to touchpoints of the base.
    pub extensions: Vec<Extension>,
}

/// What is added to a touchpoint.
pub(super) struct Extension {
    /// Its identifier.
    pub touchpoint: String,
    pub keyphrases: BTreeMap<Language, Vec<String>>,
    pub excludes: Vec<String>,
    pub examples: BTreeMap<Language, Vec<String>>,
    pub problems: Vec<KnownProblem>,
}

/// A codebook with what a sector adds.
pub(super) fn merged(codebook: Codebook, sector: Sector) -> Result<Codebook, CodebookError> {
    let addition = sector.addition()?;
    if let Some((own, (line, column))) = addition
        .touchpoints
        .iter()
        .find(|(own, _)| codebook.touchpoints.iter().any(|other| other.id == own.id))
    {
        return Err(CodebookError::Invalid {
            file: sector.file(),
            line: *line,
            column: *column,
            problem: format!("your codebook has a touchpoint `{}` of its own", own.id),
            remedy: format!("give yours another id, or leave the sector `{}` out", sector.name()),
        });
    }
    let mut merged = Merged::from(codebook);
    merged.release(&addition);
    for extension in &addition.extensions {
        merged.extend(extension);
    }
    for (touchpoint, _) in addition.touchpoints {
        merged.insert(touchpoint, &addition.base);
    }
    Ok(merged.into())
}

/// A codebook whose touchpoints name their parents, so that they can move.
struct Merged {
    phases: Vec<super::Phase>,
    touchpoints: Vec<(Touchpoint, Option<String>)>,
}

impl From<Codebook> for Merged {
    fn from(codebook: Codebook) -> Self {
        let ids: Vec<String> = codebook.touchpoints.iter().map(|own| own.id.clone()).collect();
        let named = codebook.touchpoints.into_iter().map(|own| {
            let parent = own.parent.map(|parent| ids[parent].clone());
            (own, parent)
        });
        Self { phases: codebook.phases, touchpoints: named.collect() }
    }
}

impl From<Merged> for Codebook {
    fn from(merged: Merged) -> Self {
        let ids: Vec<String> = merged.touchpoints.iter().map(|(own, _)| own.id.clone()).collect();
        let touchpoints = merged.touchpoints.into_iter().map(|(own, parent)| Touchpoint {
            parent: parent.and_then(|parent| ids.iter().position(|id| *id == parent)),
            ..own
        });
        Self::new(merged.phases, touchpoints.collect())
    }
}

impl Merged {
    /// Takes away what the built-in codebook has at one touchpoint and the sector at another.
    fn release(&mut self, addition: &Addition) {
        let claims = claims(addition);
        for (touchpoint, _) in &mut self.touchpoints {
            let Some(built_in) = addition.base.touchpoints.iter().find(|t| t.id == touchpoint.id)
            else {
                continue;
            };
            for (language, phrases) in &mut touchpoint.keyphrases {
                let Some(claimed) = claims.get(language) else { continue };
                phrases.retain(|phrase| {
                    let elsewhere = claimed
                        .get(&wording(phrase))
                        .is_some_and(|owners| !owners.contains(&touchpoint.id.as_str()));
                    let shipped =
                        built_in.keyphrases.get(language).is_some_and(|own| own.contains(phrase));
                    !(elsewhere && shipped)
                });
            }
        }
    }

    /// Adds to a touchpoint, if the codebook has it.
    fn extend(&mut self, extension: &Extension) {
        let own = self.touchpoints.iter_mut().find(|(own, _)| own.id == extension.touchpoint);
        let Some((own, _)) = own else { return };
        add(&mut own.keyphrases, &extension.keyphrases);
        add(&mut own.examples, &extension.examples);
        for exclude in &extension.excludes {
            if !own.excludes.contains(exclude) {
                own.excludes.push(exclude.clone());
            }
        }
        // What one has written oneself stands.
        for problem in &extension.problems {
            if own.problems.iter().all(|known| known.id != problem.id) {
                own.problems.push(problem.clone());
            }
        }
    }

    /// Puts a touchpoint behind its parent and what is part of it, or at the end of its phase. One
    /// whose parent was struck out stands alone.
    fn insert(&mut self, mut touchpoint: Touchpoint, base: &Codebook) {
        touchpoint.phase = self.phase(&base.phases[touchpoint.phase]);
        let parent = touchpoint.parent.take().map(|parent| base.touchpoints[parent].id.clone());
        let parent = parent.and_then(|id| {
            let known = self.touchpoints.iter().find(|(own, _)| own.id == id);
            // There are two levels only.
            known.map(|(_, above)| above.clone().unwrap_or(id))
        });
        let behind = self.touchpoints.iter().rposition(|(own, above)| match &parent {
            Some(parent) => own.id == *parent || above.as_ref() == Some(parent),
            None => own.phase <= touchpoint.phase,
        });
        self.touchpoints.insert(behind.map_or(0, |index| index + 1), (touchpoint, parent));
    }

    /// The index of a phase, which joins the others if it is not among them.
    fn phase(&mut self, phase: &super::Phase) -> usize {
        self.phases.iter().position(|own| own.id == phase.id).unwrap_or_else(|| {
            self.phases.push(phase.clone());
            self.phases.len() - 1
        })
    }
}

/// Keyphrases → the touchpoints at which the sector has them.
fn claims(addition: &Addition) -> BTreeMap<Language, BTreeMap<String, Vec<&str>>> {
    let own = addition.touchpoints.iter().map(|(own, _)| (own.id.as_str(), &own.keyphrases));
    let added = addition.extensions.iter().map(|own| (own.touchpoint.as_str(), &own.keyphrases));
    let mut claims = BTreeMap::<_, BTreeMap<_, Vec<_>>>::new();
    for (id, keyphrases) in own.chain(added) {
        for (language, phrases) in keyphrases {
            let claimed = claims.entry(*language).or_default();
            phrases.iter().for_each(|phrase| claimed.entry(wording(phrase)).or_default().push(id));
        }
    }
    claims
}

/// What a keyphrase says, however exactly it says it.
fn wording(phrase: &str) -> String {
    fold(&phrase.replace('=', "").replace('-', " "))
}

fn add(lists: &mut BTreeMap<Language, Vec<String>>, more: &BTreeMap<Language, Vec<String>>) {
    for (language, texts) in more {
        let list = lists.entry(*language).or_default();
        for text in texts {
            if !list.contains(text) {
                list.push(text.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests;
