// Found through the target's own folder.
constexpr int factor = NEEDED;
