//! One run over many inputs: read and extracted on all cores, handed on in order, with progress, a summary, and a way to stop.

use std::io::{IsTerminal, stderr, stdout};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bantin::jiff::civil::Date;
use bantin::{Extractor, Kind, Worker};
use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::args::{Common, Reading};
use crate::config::Config;
use crate::error::{Error, tell};
use crate::input::{self, Input, Job, Jobs, guarded};
use crate::output::{Read, abandon};

/// How many inputs, and how many bytes of them, wait for each thread at most: so memory does not grow with the number of inputs.
const JOBS: usize = 32;
const BYTES: u64 = 4 << 20;
/// More threads than a machine has cores only take memory.
const MOST_THREADS: usize = 256;

/// What is run over the inputs.
pub struct Run<'a> {
    jobs: Jobs,
    input: input::Settings,
    extractor: Extractor,
    ref_date: Option<Date>,
    threads: usize,
    /// Progress, remarks, colours.
    common: &'a Common,
    explain: bool,
}

impl<'a> Run<'a> {
    /// A run over what the command line and the configuration name, for these kinds. `output` is where it is written, which is not read; without one it is
    /// printed. An error is in the command line or the configuration.
    pub fn new(config: &Config, reading: &Reading, kinds: &[Kind], output: Option<&Path>, common: &'a Common) -> Result<Self, Error> {
        let input = input::Settings { output: output.map(Path::to_owned), ..config.reading(reading) };
        let file = output.filter(|path| path.is_file()).and_then(|path| path.canonicalize().ok());
        if file.is_some() && input.paths.iter().any(|path| path.canonicalize().ok() == file) {
            return Err(Error::new("--output", "it is one of the inputs, which it would replace").advise("name another file"));
        }
        Ok(Run {
            jobs: input::jobs(&input)?,
            input,
            extractor: config.extractor(reading, kinds)?,
            ref_date: config.ref_date(reading),
            threads: config.jobs(reading).min(MOST_THREADS),
            common,
            explain: false,
        })
    }

    /// Whether facts are explained.
    #[must_use]
    pub fn explaining(self, explain: bool) -> Self {
        Run { explain, ..self }
    }
}

/// How a run ended.
#[derive(Debug, Default, Clone, Copy)]
pub struct Summary {
    /// Texts read.
    pub texts: u64,
    /// Inputs that could not be read.
    pub failed: u64,
    /// Inputs left out since the output has them.
    pub skipped: u64,
    /// Whether a signal stopped it.
    pub stopped: bool,
}

impl Summary {
    /// Whether every input was read.
    pub fn complete(&self) -> bool {
        self.failed == 0 && !self.stopped
    }
}

/// What becomes of the texts of a run.
pub trait Consumer: Sync {
    /// What one text gives.
    type Made: Send;

    /// Whether the input is done already, so that it need not be read.
    fn has(&self, source: &str) -> bool {
        let _ = source;
        false
    }

    /// Makes something of a text; called on many threads.
    fn make(&self, read: Read) -> Self::Made;

    /// Takes what was made, in the order of the inputs. An error ends the run: the output is full, say.
    fn take(&mut self, made: Self::Made) -> Result<(), Error>;
}

impl Run<'_> {
    /// Reads every input, makes something of each text on many threads, and hands it on in order. An input that cannot be read is named on standard
    /// error and counted.
    pub fn each<C: Consumer>(self, consumer: &mut C) -> Result<Summary, Error> {
        let Run { mut jobs, input, extractor, ref_date, threads, common, explain } = self;
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| Error::new("--jobs", error))?;
        // A bar would stand in the way of what is printed on the same terminal.
        let shows_bar = !common.quiet && stderr().is_terminal() && (input.output.is_some() || !stdout().is_terminal());
        let mut progress = Progress::new(shows_bar.then_some(&input), common);
        let stop = stop_flag(&progress);
        let mut summary = Summary::default();
        let limits = (JOBS * pool.current_num_threads(), BYTES * pool.current_num_threads() as u64);
        loop {
            let mut batch = Vec::new();
            let mut bytes = 0;
            while batch.len() < limits.0 && bytes < limits.1 {
                let Some(job) = jobs.next() else { break };
                if job.as_ref().is_ok_and(|job| consumer.has(job.source())) {
                    summary.skipped += 1;
                    continue;
                }
                bytes += job.as_ref().map_or(0, Job::size);
                batch.push(job);
            }
            if batch.is_empty() {
                break;
            }
            if stop.load(Ordering::Relaxed) {
                summary.stopped = true;
                break;
            }
            let maker = &*consumer;
            let work = |mut input: Input, worker: &mut Worker| {
                let (source, remarks) = (input.source.clone(), std::mem::take(&mut input.remarks));
                let (mut bulletin, explanations) = if explain {
                    let explained = extractor.explain(&input.text, ref_date);
                    (explained.bulletin, Some(explained.explanations))
                } else {
                    (worker.extract_on(&input.text, ref_date), None)
                };
                bulletin.source = Some(source.clone());
                Done { source, remarks, made: maker.make(Read { input, bulletin, explanations }) }
            };
            let outcome = |worker: &mut Worker, job: Result<Job, Error>| -> Result<Done<C::Made>, Error> {
                let input = job?.read(&input)?;
                let source = input.source.clone();
                let failed = || Error::new(source, "bantin failed on this text").advise("tell us with the text, if you may");
                guarded(|| work(input, worker)).ok_or_else(failed)
            };
            let outcomes: Vec<_> = pool.install(|| batch.into_par_iter().map_init(|| extractor.worker(), outcome).collect());
            for outcome in outcomes {
                match outcome {
                    Ok(done) => {
                        summary.texts += 1;
                        progress.remark(&done.source, &done.remarks);
                        consumer.take(done.made)?;
                    }
                    Err(error) => {
                        summary.failed += 1;
                        progress.say(&error.to_string());
                    }
                }
            }
            progress.advance(bytes, &summary);
        }
        progress.finish(&summary);
        Ok(summary)
    }
}

/// What one input gave.
struct Done<M> {
    source: String,
    remarks: Vec<String>,
    made: M,
}

/// Set by the first interrupt or termination signal: what is under way is completed and written. The second one ends the program at once.
fn stop_flag(progress: &Progress) -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    let (bar, quiet) = (progress.bar.clone(), progress.quiet);
    // Where no handler can be set, a signal ends the program as ever.
    let _ = ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            abandon();
        }
        if !quiet {
            bar.suspend(|| tell("stops when what is under way is written; a second signal ends it at once"));
        }
    });
    flag
}

/// What the user sees of a run on standard error: a bar on a terminal, remarks where asked for, a summary of long or failed runs.
struct Progress {
    bar: ProgressBar,
    quiet: bool,
    verbose: u8,
    began: Instant,
    bytes: u64,
}

impl Progress {
    /// `shown` are the inputs of the bar, where there is to be one.
    fn new(shown: Option<&input::Settings>, common: &Common) -> Progress {
        let bar = shown.map_or_else(ProgressBar::hidden, |input| {
            let (bar, style) = match input::total_size(input) {
                Some(total) => {
                    (ProgressBar::new(total), "{bytes:>10} of {total_bytes} {wide_bar} {binary_bytes_per_sec} {eta} left  {msg}")
                }
                None => (ProgressBar::new_spinner(), "{spinner} {bytes:>10} {binary_bytes_per_sec}  {msg}"),
            };
            bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        });
        Progress { bar, quiet: common.quiet, verbose: common.verbose, began: Instant::now(), bytes: 0 }
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| tell(line));
    }

    fn remark(&self, source: &str, remarks: &[String]) {
        if self.verbose > 0 {
            self.say(source);
        }
        if self.verbose > 1 {
            remarks.iter().for_each(|remark| self.say(&format!("{source}: {remark}")));
        }
    }

    fn advance(&mut self, bytes: u64, summary: &Summary) {
        self.bytes += bytes;
        self.bar.inc(bytes);
        self.bar.set_message(format!("{} texts", HumanCount(summary.texts)));
    }

    /// The summary: of runs over more than one input, for the eye of someone who waits at a terminal, or who asked for it, or who must know of a failure.
    fn finish(&self, summary: &Summary) {
        self.bar.finish_and_clear();
        let told = summary.stopped || summary.failed > 0 || self.verbose > 0 || !self.bar.is_hidden();
        if self.quiet || !told || summary.texts + summary.failed + summary.skipped < 2 {
            return;
        }
        let time = self.began.elapsed();
        let rate = HumanBytes((self.bytes as f64 / time.as_secs_f64().max(0.001)) as u64);
        let mut line = format!("{} texts, {} in {} ({rate}/s)", HumanCount(summary.texts), HumanBytes(self.bytes), HumanDuration(time));
        for (count, what) in [(summary.failed, "failed"), (summary.skipped, "were there already")] {
            if count > 0 {
                line.push_str(&format!(", {} {what}", HumanCount(count)));
            }
        }
        if summary.stopped {
            line.push_str("; stopped by a signal, what was read is written; --resume goes on where the format can");
        }
        self.say(&line);
    }
}
