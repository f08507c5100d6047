//! What a run adds to its history, and what history and rules make of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit as Rounded};

use super::{AnalysisError, Plan, baseline};
use crate::alert::{Facts, judge};
use crate::digest::{Fingerprint as Digest, from_hexadecimal};
use crate::history::store::{HistoryStore, OlderTopic, Went};
use crate::history::{Names, PeriodCounts, Series, counted, moves, told};
use crate::mention::{Analysed, Touchpoints};
use crate::painpoint::findings::{Alerts, Findings, Subject, TopicKind};
use crate::painpoint::lineage::{Ancestor, Baseline};
use crate::read::Fingerprint;

/// The feedback of a run on its way into history, and the figures that rules are judged by.
pub(super) struct Recording<'a> {
    plan: &'a Plan,
    store: Option<HistoryStore>,
    /// What the run before came to.
    alerts_before: Option<Alerts>,
    older: Vec<OlderTopic>,
    /// Names where there is no store.
    names: Names,
    /// Figures of all feedback, and of the groups that rules name.
    figures: BTreeMap<Option<String>, (Series, PeriodCounts)>,
    rating: Option<(f64, f64)>,
    /// Feedback of this run that has a day.
    dated: u64,
    at: Timestamp,
    today: Date,
}

impl<'a> Recording<'a> {
    /// Opens the history of a plan; nothing where there is neither a history nor a rule.
    pub(super) fn open(
        plan: &'a Plan,
        rating: Option<(f64, f64)>,
    ) -> Result<Option<Self>, AnalysisError> {
        if plan.history.is_none() && plan.alerts.is_none() {
            return Ok(None);
        }
        let mut store = plan.history.as_deref().map(HistoryStore::open).transpose()?;
        // Before anything is scored: a run of another kind would keep all later ones out.
        if let Some(store) = &mut store
            && let Some(last) = store.last()?
        {
            baseline::fitting(&last, store.path(), plan.touchpoint.as_deref(), plan.priors)?;
        }
        let rules = plan.alerts.clone().unwrap_or_default();
        let at = Timestamp::now();
        let segments = rules.all().into_iter().filter_map(|rule| rule.segment).map(Some);
        let figures = segments
            .chain([None])
            .map(|own| (own, (Series::new(rules.period), PeriodCounts::default())));
        Ok(Some(Self {
            plan,
            store,
            alerts_before: None,
            older: Vec::new(),
            names: Names::default(),
            figures: figures.collect(),
            rating,
            dated: 0,
            at,
            today: TimeZone::UTC.to_datetime(at).date(),
        }))
    }

    /// Begins the run on these inputs. Gives what the runs before found, to be held against it.
    pub(super) fn begin(
        &mut self,
        inputs: &[Fingerprint],
    ) -> Result<Option<Baseline>, AnalysisError> {
        let Some(store) = &mut self.store else { return Ok(None) };
        // In no order of the inputs.
        let mut hashes: Vec<Vec<u8>> =
            inputs.iter().filter_map(|own| from_hexadecimal(&own.sha256)).collect();
        hashes.sort_unstable();
        store.begin(Digest::of_parts(hashes).bytes())?;
        self.older = store.older_topics()?;
        let previous = store.previous()?;
        if previous.is_none() && self.older.is_empty() {
            return Ok(None);
        }
        self.alerts_before = previous.as_ref().and_then(|own| own.alerts.clone());
        let baseline = previous.as_ref().map(Baseline::of).unwrap_or_default();
        let older = self.older.iter().map(|own| Ancestor {
            id: own.id.clone(),
            kind: own.kind,
            touchpoint: own.touchpoint.clone(),
            label: own.label.clone(),
            terms: own.terms.clone(),
            ..Ancestor::default()
        });
        Ok(Some(baseline.with_older(older)))
    }

    /// Takes a feedback with the pain points and delights of each of its mentions.
    pub(super) fn add(
        &mut self,
        feedback: &Analysed,
        topics: &[Vec<String>],
        touchpoints: &Touchpoints,
    ) -> Result<(), AnalysisError> {
        let is_kept = self.store.is_some();
        let tomorrow = self.today.tomorrow().unwrap_or(self.today);
        let names = self.store.as_mut().map_or(&mut self.names, HistoryStore::names_mut);
        let mut entry = counted(feedback, topics, (touchpoints, self.rating), names);
        // A date that cannot be would end the last period years from now.
        entry.day = entry.day.filter(|day| *day <= tomorrow);
        self.dated += u64::from(entry.day.is_some());
        for (segment, (series, whole)) in &mut self.figures {
            let number = segment.as_deref().and_then(|own| names.known(own));
            let is_in = number.is_some_and(|own| entry.facts.groups.contains(&own));
            if segment.is_some() && !is_in {
                continue;
            }
            whole.add(&entry.facts);
            if !is_kept {
                series.add(entry.day, &entry.facts);
            }
        }
        if let Some(store) = &mut self.store {
            store.add(&entry)?;
        }
        Ok(())
    }

    /// Adds to the findings what history tells, and what rules come to.
    pub(super) fn tell(&mut self, findings: &mut Findings) -> Result<(), AnalysisError> {
        if self.store.is_some() {
            self.tell_history(findings)?;
        }
        let Some(rules) = &self.plan.alerts else { return Ok(()) };
        let known = findings.summary.touchpoints.iter().map(|own| own.id.clone());
        let touchpoints: BTreeSet<String> = known.collect();
        let pain_points = self.older.iter().filter(|own| own.kind == TopicKind::PainPoint);
        let older: Vec<Subject> = pain_points
            .map(|own| Subject {
                touchpoint: Some(own.touchpoint.clone()),
                pain_point: Some(own.id.clone()),
                label: own.label.clone(),
                segment: None,
            })
            .collect();
        findings.alerts = Some(judge(
            rules,
            &Facts {
                findings,
                names: self.store.as_ref().map_or(&self.names, HistoryStore::names),
                figures: &self.figures,
                touchpoints: &touchpoints,
                older: &older,
                is_dated: self.dated > 0 || findings.summary.rows.feedback == 0,
                today: self.today,
                before: self.alerts_before.as_ref(),
            },
        ));
        Ok(())
    }

    fn tell_history(&mut self, findings: &mut Findings) -> Result<(), AnalysisError> {
        let Some(store) = &mut self.store else { return Ok(()) };
        let went: Went = store.merge()?;
        let names = store.names();
        for (segment, (series, _)) in &mut self.figures {
            let number = segment.as_deref().and_then(|own| names.known(own));
            store.for_each(|day, facts| {
                if segment.is_none() || number.is_some_and(|own| facts.groups.contains(&own)) {
                    series.add(day, facts);
                }
            })?;
        }
        let present: BTreeSet<&str> = findings.topics.iter().map(|own| own.id.as_str()).collect();
        let label = |id: &str| {
            let older = self.older.iter().find(|own| own.id == id);
            older.map_or_else(|| vec![id.to_owned()], |own| own.label.clone())
        };
        let moved = moves(&went, names, &present, label);
        let runs = (store.count()?, store.feedback()?, self.rating);
        if let Some((series, _)) = self.figures.get(&None) {
            let seen = store.seen()?;
            findings.history = Some(told((series, names), runs, &findings.topics, &seen, moved));
        }
        Ok(())
    }

    /// Writes the run into history, if there is one.
    pub(super) fn finish(self, findings: &Findings) -> Result<(), AnalysisError> {
        let Some(store) = self.store else { return Ok(()) };
        let at = self.at.round(Rounded::Second).unwrap_or(self.at).to_string();
        Ok(store.finish(&at, findings)?)
    }
}
