// Attributes and comments of a header, which other files may need.
[[clang::suppress("snug-first-member-not-first")]] inline int in_header() { return 0; } // NOLINT(snug-container-of-offsetof)
