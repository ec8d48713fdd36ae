// The usual optional-like buffer, for any type: found once in the template; a number of just the buffer's size counts,
// since the buffer was made for it. [intro.object]/3.
// RUN: %verify_both %s

template <class T>
class maybe {
  alignas(T) unsigned char storage[sizeof(T)]; // expected-note {{'storage' provides storage}}
public:
  T &get() {
    // expected-warning@+3 {{the 'int' lives in the bytes of 'storage' but is not pointer-interconvertible with it}}
    // expected-note@+2 {{wrap the cast}}
    // expected-note@+1 {{the same holds in 1 other instantiation}}
    return *reinterpret_cast<T *>(&storage);
  }
};
struct big {
  int a[20];
};
int a(maybe<int> &m) { return m.get(); } // expected-note {{in instantiation of 'maybe<int>::get' requested here}}
big &b(maybe<big> &m) { return m.get(); }
