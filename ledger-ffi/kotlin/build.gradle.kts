// An Android library of the sources beside this file. No test builds it: it needs Android's SDK. Before it is built,
// ledger-ffi/generate wrote Kotlin to build/generated, and cargo-ndk put a library for each ABI into src/main/jniLibs:
//
//     cargo ndk -t arm64-v8a -t x86_64 -o src/main/jniLibs build --profile mobile -p ledger-ffi
//
// Libraries are linked for pages of 16 KiB, as the store asks: RUSTFLAGS="-C link-arg=-Wl,-z,max-page-size=16384".
plugins {
    id("com.android.library") version "8.7.0"
    id("org.jetbrains.kotlin.android") version "2.1.0"
}

android {
    namespace = "org.donationledger"
    compileSdk = 35
    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
    }
    sourceSets["main"].kotlin.srcDir("build/generated/kotlin")
}

dependencies {
    api("net.java.dev.jna:jna:5.15.0@aar")
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.9.0")
}
