// What a system header defines is not the user's, whatever its name.
namespace app {
struct systems {
  char a[5000];
};
} // namespace app
