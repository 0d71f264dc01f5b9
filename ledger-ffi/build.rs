//! Links both libraries that are shipped so that functions which are the same stand there once: a fifth of the one for Swift and
//! Kotlin, since what crosses is made for each of some 200 types. Only where the linker is one that can (lld, as Rust's own is
//! on Linux).

fn main() {
    // Nothing but the target decides, of which a change is another build anyway.
    println!("cargo:rerun-if-env-changed=CARGO_CFG_TARGET_OS");
    let of = |name: &str| std::env::var(name).unwrap_or_default();
    let is_lld = of("CARGO_CFG_TARGET_OS") == "linux" && of("CARGO_CFG_TARGET_ARCH") == "x86_64";
    if is_lld && of("PROFILE") == "release" {
        println!("cargo:rustc-cdylib-link-arg=-Wl,--icf=all");
    }
}
