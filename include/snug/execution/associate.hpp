// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Runs a sender under an association with an async scope ([exec.associate]).
#ifndef SNUG_EXECUTION_ASSOCIATE_HPP
#define SNUG_EXECUTION_ASSOCIATE_HPP

#include <snug/config.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/late_child.hpp>
#include <snug/execution/let_traits.hpp>
#include <snug/execution/scope_concepts.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>

#include <concepts>
#include <new>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct associate_child {};

// Ends what it refers to when it goes.
template <class Object> struct destroy_later {
  Object &object;
  explicit destroy_later(Object &o) noexcept : object(o) {}
  destroy_later(destroy_later &&) = delete;
  ~destroy_later() { std::destroy_at(&object); }
};

// A sender that exists only while it is associated.
template <class Sndr, class Assoc> class associated {
public:
  // Made in the body: compilers disagree whether a member of a union that was initialised goes with an exception.
  template <class Token, class S> associated(Token const &token, S &&sndr) {
    ::new (static_cast<void *>(&sndr_)) Sndr(token.wrap(static_cast<S &&>(sndr)));
    struct guard {
      associated &self;
      ~guard() {
        if (!self.assoc_) {
          std::destroy_at(&self.sndr_);
        }
      }
    } const without_association{*this};
    assoc_ = token.try_associate();
  }

  associated(associated const &other) noexcept(std::is_nothrow_copy_constructible_v<Sndr> &&
                                               noexcept(other.assoc_.try_associate()))
    requires std::copy_constructible<Sndr>
      : assoc_(other.assoc_.try_associate()) {
    if (assoc_) {
      std::construct_at(&sndr_, other.sndr_);
    }
  }
  associated(associated &&other) noexcept(snug::detail::is_nothrow_constructible<Sndr, Sndr>)
      : assoc_(std::move(other).hand_over(
            [this](Sndr &&sndr) { std::construct_at(&sndr_, static_cast<Sndr &&>(sndr)); })) {}
  ~associated() {
    if (assoc_) {
      std::destroy_at(&sndr_);
    }
  }

  /// Returns the association, after take(sender) was called where there is one; both are gone from here then.
  template <class Take> Assoc hand_over(Take take) && {
    Assoc assoc(std::move(assoc_));
    if (assoc) {
      destroy_later<Sndr> const gone(sndr_);
      take(std::move(sndr_));
    }
    return assoc;
  }

private:
  union {
    Sndr sndr_;
  };
  [[no_unique_address]] Assoc assoc_;
};

template <class Sndr, class Assoc> class associate_sender;
template <class Sndr, class Assoc, class Rcvr> class associate_op;

template <class Sndr, class Assoc, class Rcvr> struct associate_bases {
  using op = associate_op<Sndr, Assoc, Rcvr>;
  using sender = associate_sender<Sndr, Assoc>;
  using receiver_base = inlinable_operation_state<op, Rcvr>;
  using child = late_child<op, associate_child, env_of_t<Rcvr>, Sndr>;
  using children = late_children<op, child>;
};

// The child is made in the constructor, or never: in storage that holds at most one.
template <class Sndr, class Assoc, class Rcvr>
class associate_op : public associate_bases<Sndr, Assoc, Rcvr>::receiver_base,
                     public associate_bases<Sndr, Assoc, Rcvr>::children {
  using bases = associate_bases<Sndr, Assoc, Rcvr>;
  using child = typename bases::child;
  using source = associated<Sndr, Assoc>;

public:
  using operation_state_concept = operation_state_tag;
  using bases::receiver_base::get_receiver;

  template <class Self>
  associate_op(Self &&self, Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                                connects_nothrow<Sndr, env_of_t<Rcvr>> &&
                                                (!std::is_lvalue_reference_v<Self> ||
                                                 snug::detail::is_nothrow_constructible<source, source const &>))
      : bases::receiver_base(static_cast<Rcvr &&>(rcvr)),
        assoc_(taken_from(static_cast<Self &&>(self)).hand_over([this](Sndr &&sndr) {
          this->template make_child<child>(static_cast<Sndr &&>(sndr));
        })) {}

  ~associate_op() {
    if (assoc_) {
      this->template destroy_child<child>();
    }
  }

  void start() noexcept {
    if (assoc_) {
      this->template start_child<child>();
    } else {
      auto &&rcvr = get_receiver();
      set_stopped_t{}(std::move(rcvr));
    }
  }

  template <class Signal, class... Values> void complete(associate_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
  }

  static env_of_t<Rcvr> get_env(associate_child, associate_op &op) noexcept {
    return execution::get_env(bases::receiver_base::receiver_of(op));
  }

private:
  // A sender that is kept is copied, under an association of its own.
  static source &&taken_from(typename bases::sender &&self) noexcept { return std::move(self.associated_); }
  static source taken_from(typename bases::sender const &self) { return self.associated_; }

  [[no_unique_address]] Assoc assoc_;
};

template <class Sndr, class Assoc> class associate_sender {
  template <class, class, class> friend class associate_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = associate_sender;
  template <class, class Rcvr> using operation_for = associate_op<Sndr, Assoc, Rcvr>;

  template <class Token, class S>
  associate_sender(Token const &token, S &&sndr) : associated_(token, static_cast<S &&>(sndr)) {}

  template <class, class... Env> static consteval auto get_completion_signatures() {
    return completions_t<Sndr, Env...>{} + execution::completion_signatures<set_stopped_t()>{};
  }

private:
  associated<Sndr, Assoc> associated_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Associates a sender with an async scope, which then cannot be joined before the sender, or the operation made of
/// it, is gone.
///
/// Tries at once: where the scope takes no more, the sender is destroyed, and connecting the result yields an
/// operation that completes as stopped. A copy asks for an association of its own.
///
/// Shapes:     those of the wrapped sender; set_stopped_t().
/// State:      the association and the child's state; no receiver, no back-pointer. 16 bytes for just(int) and a
///             simple_counting_scope (x86-64, Itanium ABI), held by execution/associate_test.cpp.
/// Threads:    completes where the sender completes; inside start() without an association.
/// Lifetime:   the association lives as long as the operation; the state may be destroyed inside the completion call,
///             nothing touches it afterwards.
/// Errors:     what wrapping, associating and connecting throw; nothing stays associated then.
/// Source:     [exec.associate]. Differs: the child completes the operation, which completes its receiver, so that
///             neither stores one.
struct associate_t {
  template <sender Sndr, class Token>
    requires scope_token<snug::detail::remove_cvref_t<Token>>
  auto operator()(Sndr &&sndr, Token &&token) const {
    using scope = snug::detail::remove_cvref_t<Token>;
    return detail::associate_sender<detail::wrapped_sender_t<scope, Sndr>, detail::association_of_t<scope>>(
        token, static_cast<Sndr &&>(sndr));
  }
  template <class Token>
    requires scope_token<snug::detail::remove_cvref_t<Token>>
  constexpr auto operator()(Token &&token) const {
    return detail::bound_closure<associate_t, snug::detail::remove_cvref_t<Token>>(static_cast<Token &&>(token));
  }
};
inline constexpr associate_t associate{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
