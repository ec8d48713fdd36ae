// What a system header does with its tables is not the user's.
struct system_ops {
  void (*a)(void *);
  void (*b)(void *);
  void (*c)(void *);
};
constexpr system_ops system_table = {};
struct has_system_ops {
  system_ops const *ops;
};
