//! The `benchclaim` program: calls the command line and turns its result into an exit code.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A run lives for less than a fifth of a second and asks for some hundred thousand pieces of memory.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    benchclaim::cli::main()
}
