//! What may panic, on a broken file say, and must not end the run.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is caught, and its message nobody's business.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// What `read` gives; `None` where it panics, in silence.
pub fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !SILENT.get() {
                others(info);
            }
        }));
    });
    let before = SILENT.replace(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    SILENT.set(before);
    read.ok()
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_here() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| panic!("not to be seen")), None::<i32>);
        assert!(!SILENT.get());
    }
}
