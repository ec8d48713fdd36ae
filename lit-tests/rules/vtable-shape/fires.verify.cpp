// Tables of functions that members point to: larger than a line, or aligned so that they may lie in two. Reported once,
// at the class of the tables. [basic.align]/1.
// RUN: %verify_both %s --ignore-notes -- --target=x86_64-linux-gnu

// The usual hand-written vtable: one constant per erased type.
struct stream_ops { // expected-remark {{the table of functions 'stream_ops' is 24 bytes and may take 2 cache lines: it is aligned to 8 bytes}}
  long (*read)(void *, char *, long);
  long (*write)(void *, char const *, long);
  void (*destroy)(void *) noexcept;
};
template <class T> struct stream_impl {
  static long read(void *, char *, long);
  static long write(void *, char const *, long);
  static void destroy(void *) noexcept;
};
template <class T>
inline constexpr stream_ops ops_for{stream_impl<T>::read, stream_impl<T>::write, stream_impl<T>::destroy};
class any_stream {
  stream_ops const *ops;
  void *object;

public:
  template <class T> explicit any_stream(T &t) : ops(&ops_for<T>), object(&t) {}
};
void use(int &i, long &l) {
  any_stream a(i);
  any_stream b(l);
}

struct wide_ops { // expected-remark {{the table of functions 'wide_ops' is 72 bytes and takes 2 cache lines}}
  void (*all[9])(void *);
};
void f(void *);
static constexpr wide_ops wide = {{f, f, f, f, f, f, f, f, f}};
struct has_wide {
  wide_ops const &ops = wide;
};

// The type's name and the size do not make it something else; bases and nested tables count.
struct common_ops {
  void (*destroy)(void *);
  unsigned long size;
};
struct derived_ops : common_ops { // expected-remark {{the table of functions 'derived_ops' is 40 bytes and may take 2 cache lines: it is aligned to 8 bytes}}
  void (*start)(void *);
  void (*stop)(void *);
  char const *name;
};
constexpr derived_ops derived = {{f, 8}, f, f, "name"};
struct has_derived {
  derived_ops const *ops = &derived;
};

// Tables in an array: the first may be aligned, the second is not.
struct row { // expected-remark {{the table of functions 'row' is 24 bytes and may take 2 cache lines: it is aligned to 8 bytes}}
  void (*a)(void *);
  void (*b)(void *);
  void (*c)(void *);
};
alignas(64) static const row rows[2] = {{f, f, f}, {f, f, f}};
struct has_row {
  row const *ops = rows;
};

// Specialisations of one template are one finding, that of the largest.
template <class T> struct typed_ops { // expected-remark {{the table of functions 'typed_ops<long>' is 24 bytes and may take 2 cache lines}}
  T (*get)(void *);
  void (*set)(void *, T);
  void (*destroy)(void *);
};
template <class T> struct holder {
  typed_ops<T> const *ops;
};
long get_long(void *);
void set_long(void *, long);
char get_char(void *);
void set_char(void *, char);
constexpr typed_ops<long> longs = {get_long, set_long, f};
constexpr typed_ops<char> chars = {get_char, set_char, f};
holder<long> first = {&longs};
holder<char> second = {&chars};
