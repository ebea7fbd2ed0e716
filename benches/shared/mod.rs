//! What both benches need: the samples as one text of any length, what counts as found, and a race whose end is a table of ratios.

use std::time::{Duration, Instant};

use bantin::Bulletin;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};

/// The samples in `data/samples`, in the order of their names.
pub fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// The samples, one after another, again and again until there are `size` bytes.
pub fn text_of(size: usize) -> String {
    filled(size, samples().iter().map(|sample| format!("{sample}\n")).cycle())
}

/// The pieces, one after another, until there are `size` bytes (or a few less: no character is cut).
pub fn filled(size: usize, pieces: impl Iterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::with_capacity(size);
    for piece in pieces {
        let piece = piece.as_ref();
        let mut end = piece.len().min(size - text.len());
        while !piece.is_char_boundary(end) {
            end -= 1;
        }
        text.push_str(&piece[..end]);
        if end < piece.len() || text.len() == size {
            break;
        }
    }
    text
}

/// How many mentions of all kinds the bulletin has.
pub fn mentions(bulletin: &Bulletin) -> usize {
    let b = bulletin;
    let names = b.persons.len() + b.organizations.len() + b.places.len() + b.documents.len() + b.quotes.len();
    names + b.dates.len() + b.ratios.len() + b.percents.len() + b.quantities.len() + b.money.len()
}

/// A group of measurements in one run. Criterion prints seconds and rates; at the end this prints what stays the same on another machine: each
/// rate beside that of the first measurement. It takes the fastest sample, which what else the machine does disturbs least.
pub struct Race<'c> {
    name: &'static str,
    group: BenchmarkGroup<'c, WallTime>,
    /// Bytes per second.
    rates: Vec<(String, f64)>,
}

impl<'c> Race<'c> {
    pub fn new(criterion: &'c mut Criterion, name: &'static str) -> Self {
        let mut group = criterion.benchmark_group(name);
        // Flat: as few calls as may be where one takes a second.
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        Race { name, group, rates: Vec::new() }
    }

    /// Measures what goes once over `bytes` bytes, and asserts itself that it did.
    pub fn run(&mut self, name: &str, bytes: usize, mut once: impl FnMut()) {
        let mut best = f64::INFINITY;
        self.group.throughput(Throughput::Bytes(bytes as u64));
        self.group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let start = Instant::now();
                (0..times).for_each(|_| once());
                let took = start.elapsed();
                best = best.min(took.as_secs_f64() / times as f64);
                took
            });
        });
        // What the command line left out was not measured.
        if best.is_finite() {
            self.rates.push((name.to_owned(), bytes as f64 / best));
        }
    }

    pub fn finish(self) {
        self.group.finish();
        let Some((first, base)) = self.rates.first() else { return };
        println!("{:<24} {:>12} {:>10} × {first}", self.name, "MB/s", "");
        for (name, rate) in &self.rates {
            println!("  {name:<22} {:>12.2} {:>10.2}", rate / 1e6, rate / base);
        }
        println!();
    }
}
