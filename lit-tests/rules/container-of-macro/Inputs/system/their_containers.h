// Somebody else's intrusive container: once as a macro, once as a helper over pointers to members.
struct hook {
  hook *next;
};
#define THEIR_ENTRY(pointer, type, member) ((type *)((char *)(pointer) - __builtin_offsetof(type, member)))
template <class Parent>
Parent *their_entry(hook *h, hook Parent::*which) {
  return reinterpret_cast<Parent *>(reinterpret_cast<char *>(h) -
                                    (reinterpret_cast<char *>(&(static_cast<Parent *>(nullptr)->*which)) -
                                     static_cast<char *>(nullptr)));
}
