//! Only for the feature `rust-bert`: lets the binary find libtorch where the build found it, so that
//! no `LD_LIBRARY_PATH` is needed.

#![allow(clippy::print_stdout, reason = "so build scripts speak to cargo")]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Set by the build of torch-sys, which the feature alone depends on.
    if let Ok(libraries) = std::env::var("DEP_TCH_LIBTORCH_LIB") {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{libraries}");
    }
}
