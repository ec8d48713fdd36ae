// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Says which receiver mode a translation unit is compiled in, and what the compiler offers: the only file that tests
// either.
#ifndef SNUG_CONFIG_HPP
#define SNUG_CONFIG_HPP

/// Set to 1 for the status quo: every operation state stores its receiver and holds its child as a member.
/// One mode per translation unit; both may be linked into one program.
#ifndef SNUG_STORE_RECEIVERS
#define SNUG_STORE_RECEIVERS 0
#endif

/// The inline namespace of everything whose layout depends on the mode. Code that defines operation states, receivers
/// or senders of its own opens it too (`namespace mine::inline SNUG_ABI_NAMESPACE {`), or the two modes of one program
/// collide.
#if SNUG_STORE_RECEIVERS
#define SNUG_ABI_NAMESPACE stored
#else
#define SNUG_ABI_NAMESPACE inlined
#endif

// Whether the compiler itself computes __decay(T) and __remove_cvref(T).
#if defined(__has_builtin)
#if __has_builtin(__decay) && __has_builtin(__remove_cvref)
#define SNUG_HAS_TYPE_TRANSFORMS 1
#endif
#endif
#ifndef SNUG_HAS_TYPE_TRANSFORMS
#define SNUG_HAS_TYPE_TRANSFORMS 0
#endif

// Whether the compiler itself tells how many names a structured binding of a class has.
#if defined(__has_builtin)
#if __has_builtin(__builtin_structured_binding_size)
#define SNUG_HAS_STRUCTURED_BINDING_SIZE 1
#endif
#endif
#ifndef SNUG_HAS_STRUCTURED_BINDING_SIZE
#define SNUG_HAS_STRUCTURED_BINDING_SIZE 0
#endif

// Lets a compiler that can keep the frame of a coroutine in that of the coroutine which awaits it at once.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::coro_await_elidable)
#define SNUG_CORO_AWAIT_ELIDABLE clang::coro_await_elidable
#endif
#endif
#ifndef SNUG_CORO_AWAIT_ELIDABLE
#define SNUG_CORO_AWAIT_ELIDABLE
#endif

// Where std::construct_at is: placement new is no constant expression, and all of <memory> costs a third of a second.
#if __has_include(<bits/stl_construct.h>)
#define SNUG_CONSTRUCT_AT_HEADER <bits/stl_construct.h>
#elif __has_include(<__memory/construct_at.h>)
#define SNUG_CONSTRUCT_AT_HEADER <__memory/construct_at.h>
#else
#define SNUG_CONSTRUCT_AT_HEADER <memory>
#endif

#endif
