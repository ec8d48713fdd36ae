// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scheduler of any type that cannot fail, behind one type ([exec.task.scheduler]).
#ifndef SNUG_EXECUTION_TASK_SCHEDULER_HPP
#define SNUG_EXECUTION_TASK_SCHEDULER_HPP

#include <snug/config.hpp>
#include <snug/detail/allocate.hpp>
#include <snug/detail/atomic.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/bulk.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/default_domain.hpp>
#include <snug/execution/execution_policy.hpp>
#include <snug/execution/infallible_scheduler.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/late_child.hpp>
#include <snug/execution/proxied_bulk.hpp>
#include <snug/execution/proxied_operation.hpp>
#include <snug/execution/receiver_proxy.hpp>
#include <snug/execution/scheduler.hpp>

#include <cstddef>
#include <exception>
#include <new>
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

class task_scheduler;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

class task_schedule_base;

// What copies of a task_scheduler share.
struct task_scheduler_block {
  std::size_t owners = 1;
};

// The scheduler of a task_scheduler: in place where it is as small as a pointer and trivially copyable, otherwise in
// an allocated block.
union task_scheduler_word {
  task_scheduler_block *block;
  alignas(void *) unsigned char bytes[sizeof(void *)];
};

// What a task_scheduler knows of its scheduler's type.
struct task_scheduler_ops {
  using word = task_scheduler_word;

  void const *type;                                   // tells schedulers apart, whatever their allocators
  void const *(*get)(word const &) noexcept;          // the scheduler
  bool (*equal)(void const *, void const *) noexcept; // of two schedulers
  forward_progress_guarantee (*progress)(word const &) noexcept;
  void (*start)(word const &, task_schedule_base &) noexcept;
  // Executes the items of a bulk algorithm, in chunks or one by one.
  void (*bulk)(word const &, parallel_scheduler_replacement::bulk_item_receiver_proxy &, std::size_t shape,
               bool chunked) noexcept;
  void (*destroy)(task_scheduler_block *) noexcept = nullptr;  // null where the scheduler is in place
  void *(*allocate)(word const &) = nullptr;                   // null where the scheduler's operation fits
  void (*deallocate)(word const &, void *) noexcept = nullptr; // as allocate
};

// One address for each type of scheduler.
template <class Sch> inline constexpr char task_scheduler_type = 0;

// A task_scheduler without its interface.
class task_scheduler_handle {
public:
  task_scheduler_handle(task_scheduler_ops const &ops, task_scheduler_word word) noexcept : ops_(&ops), word_(word) {}
  task_scheduler_handle(task_scheduler_handle const &other) noexcept : ops_(other.ops_), word_(other.word_) {
    if (ops_->destroy != nullptr) {
      snug::detail::add_owner(word_.block->owners);
    }
  }
  task_scheduler_handle &operator=(task_scheduler_handle other) noexcept {
    std::swap(ops_, other.ops_);
    std::swap(word_, other.word_);
    return *this;
  }
  ~task_scheduler_handle() {
    if (ops_->destroy != nullptr && snug::detail::last_arrival(word_.block->owners)) {
      ops_->destroy(word_.block);
    }
  }

  task_scheduler_ops const &ops() const noexcept { return *ops_; }
  task_scheduler_word const &word() const noexcept { return word_; }

  // The scheduler, where it is of type Sch.
  template <class Sch> Sch const *as() const noexcept {
    return ops_->type == &task_scheduler_type<Sch> ? static_cast<Sch const *>(ops_->get(word_)) : nullptr;
  }
  friend bool operator==(task_scheduler_handle const &left, task_scheduler_handle const &right) noexcept {
    return left.ops_->type == right.ops_->type &&
           left.ops_->equal(left.ops_->get(left.word_), right.ops_->get(right.word_));
  }

private:
  task_scheduler_ops const *ops_;
  task_scheduler_word word_;
};

// The environment of the scheduler's own operation.
struct task_schedule_env {
  parallel_scheduler_replacement::receiver_proxy const *proxy;

  inplace_stop_token query(get_stop_token_t) const noexcept {
    return *proxy->try_query<inplace_stop_token>(get_stop_token_t{});
  }
};
// A scheduler that may fail where a stop can be requested is not told how.
template <class Sch> struct task_schedule_env_for {
  using type = env<>;
};
template <infallible_scheduler<task_schedule_env> Sch> struct task_schedule_env_for<Sch> {
  using type = task_schedule_env;
};
template <class Sch> using task_schedule_env_t = typename task_schedule_env_for<Sch>::type;

template <class Env> Env task_schedule_env_of(parallel_scheduler_replacement::receiver_proxy const &proxy) noexcept {
  if constexpr (snug::detail::is_same<Env, task_schedule_env>) {
    return {&proxy};
  } else {
    return {};
  }
}

template <class Sch> struct task_schedule_child {};

template <class Sch>
using task_schedule_late_child =
    late_child<task_schedule_base, task_schedule_child<Sch>, task_schedule_env_t<Sch>, schedule_result_t<Sch const &>>;

inline constexpr std::size_t task_schedule_bytes = 5 * sizeof(void *);

// The operation of a task_scheduler, whatever its receiver. The scheduler's own operation is made when it starts and is
// gone before it completes; its memory, where it is too large to live here, is there from the beginning.
class task_schedule_base : public parallel_scheduler_replacement::receiver_proxy,
                           public late_storage<task_schedule_base, task_schedule_bytes, alignof(void *)> {
public:
  explicit task_schedule_base(task_scheduler_handle const &sch) : sch_(sch) {
    if (sch_.ops().allocate != nullptr) {
      ::new (bytes()) void *(sch_.ops().allocate(sch_.word()));
    }
  }
  ~task_schedule_base() {
    if (sch_.ops().deallocate != nullptr) {
      sch_.ops().deallocate(sch_.word(), memory());
    }
  }

  // Where the scheduler's own operation is allocated.
  void *memory() noexcept { return *std::launder(static_cast<void **>(bytes())); }

  template <class Sch> void start_here(Sch const &sch) noexcept {
    make_child<task_schedule_late_child<Sch>>(schedule(sch));
    start_child<task_schedule_late_child<Sch>>();
  }
  template <class Sch, class Signal> void complete(task_schedule_child<Sch>, Signal) noexcept {
    destroy_child<task_schedule_late_child<Sch>>();
    proxied(Signal{});
  }
  template <class Sch>
  static task_schedule_env_t<Sch> get_env(task_schedule_child<Sch>, task_schedule_base &op) noexcept {
    return task_schedule_env_of<task_schedule_env_t<Sch>>(op);
  }

  void proxied(set_value_t) noexcept { set_value(); }
  void proxied(set_stopped_t) noexcept { set_stopped(); }

protected:
  void start_schedule() noexcept { sch_.ops().start(sch_.word(), *this); }

private:
  task_scheduler_handle sch_;
};

// Whom an allocated operation completes: a base in front of its child, which may ask for it while it is made.
template <class Proxy> class task_schedule_link {
protected:
  explicit task_schedule_link(Proxy &proxy) noexcept : proxy_(&proxy) {}

  Proxy &proxy() const noexcept { return *proxy_; }
  // The same while the child is under construction ([class.base.init]/16).
  static Proxy &proxy_of(task_schedule_link const &self) noexcept { return *self.proxy_; }

private:
  Proxy *proxy_;
};

// The scheduler's own operation where it is too large for the task_scheduler's.
template <class Sch>
class task_schedule_block : task_schedule_link<task_schedule_base>,
                            public child_for<task_schedule_block<Sch>, task_schedule_child<Sch>,
                                             task_schedule_env_t<Sch>, schedule_result_t<Sch const &>> {
  using child = child_for<task_schedule_block, task_schedule_child<Sch>, task_schedule_env_t<Sch>,
                          schedule_result_t<Sch const &>>;

public:
  explicit task_schedule_block(task_schedule_base &op, Sch const &sch) : task_schedule_link(op), child(schedule(sch)) {}

  static void start(task_schedule_base &op, Sch const &sch) noexcept {
    (::new (op.memory()) task_schedule_block(op, sch))->start_child();
  }

  template <class Signal> void complete(task_schedule_child<Sch>, Signal) noexcept {
    task_schedule_base &op = task_schedule_link<task_schedule_base>::proxy();
    this->~task_schedule_block();
    op.proxied(Signal{});
  }
  static task_schedule_env_t<Sch> get_env(task_schedule_child<Sch>, task_schedule_block &op) noexcept {
    return task_schedule_env_of<task_schedule_env_t<Sch>>(task_schedule_link<task_schedule_base>::proxy_of(op));
  }
};

// What is allocated for it: it is made and destroyed in these bytes.
template <class Sch> struct task_schedule_memory {
  task_schedule_memory() noexcept {}
  alignas(task_schedule_block<Sch>) unsigned char bytes[sizeof(task_schedule_block<Sch>)];
};

// Completes where it is started, which is on a scheduler.
template <class Sch> struct task_bulk_source {
  template <class Rcvr> class operation : public inlinable_operation_state<operation<Rcvr>, Rcvr> {
    using receiver_base = inlinable_operation_state<operation, Rcvr>;

  public:
    template <class Sndr> operation(Sndr const &, Rcvr rcvr) noexcept : receiver_base(static_cast<Rcvr &&>(rcvr)) {}

    void start() noexcept {
      auto &&rcvr = receiver_base::get_receiver();
      set_value_t{}(std::move(rcvr));
    }
  };
  struct attrs {
    Sch const &sch;

    template <class... Env>
    auto query(get_completion_scheduler_t<set_value_t> query, Env const &...env) const noexcept {
      if constexpr (requires { query(sch, env...); }) {
        return query(sch, env...);
      } else {
        return sch;
      }
    }
  };

  using sender_concept = sender_tag;
  using in_place_self = task_bulk_source;
  template <class, class Rcvr> using operation_for = operation<Rcvr>;
  using completion_signatures = execution::completion_signatures<set_value_t()>;

  attrs get_env() const noexcept { return {sch}; }

  Sch sch;
};

// What the scheduler's domain calls for each chunk of items.
struct task_bulk_chunk {
  parallel_scheduler_replacement::bulk_item_receiver_proxy *proxy;
  std::size_t shape;
  std::size_t length;

  void operator()(std::size_t index) const noexcept {
    std::size_t const begin = index * length;
    proxy->execute(begin, shape - begin < length ? shape : begin + length);
  }
};
// As many as keep many threads busy that are not equally fast.
inline constexpr std::size_t task_bulk_chunks = 256;

struct task_bulk_child {};
template <class Sch>
using task_bulk_sender = decltype(bulk(std::declval<task_bulk_source<Sch>>(), par, std::size_t(), task_bulk_chunk{}));

// The bulk operation of a scheduler whose domain has one of its own.
template <class Sch, class Alloc>
class task_bulk_block
    : task_schedule_link<parallel_scheduler_replacement::bulk_item_receiver_proxy>,
      public child_for<task_bulk_block<Sch, Alloc>, task_bulk_child, task_schedule_env, task_bulk_sender<Sch>> {
  using proxy_t = parallel_scheduler_replacement::bulk_item_receiver_proxy;
  using link = task_schedule_link<proxy_t>;
  using child = child_for<task_bulk_block, task_bulk_child, task_schedule_env, task_bulk_sender<Sch>>;

public:
  task_bulk_block(Sch const &sch, Alloc const &alloc, proxy_t &proxy, std::size_t shape, std::size_t length)
      : link(proxy), child(bulk(task_bulk_source<Sch>{sch}, par, (shape + length - 1) / length,
                                task_bulk_chunk{&proxy, shape, length})),
        alloc_(alloc) {}

  static void start(Sch const &sch, Alloc const &alloc, proxy_t &proxy, std::size_t shape, bool chunked) noexcept {
    std::size_t const length = chunked ? (shape + task_bulk_chunks - 1) / task_bulk_chunks : 1;
    task_bulk_block *self = nullptr;
    try {
      self = snug::detail::new_object<task_bulk_block>(alloc, sch, alloc, proxy, shape, length);
    } catch (...) {
      proxy.set_error(std::current_exception());
      return;
    }
    self->start_child();
  }

  template <class Signal, class... Errors> void complete(task_bulk_child, Signal, Errors &&...errors) noexcept {
    proxy_t &proxy = link::proxy();
    if constexpr (snug::detail::is_same<Signal, set_error_t>) {
      auto error = as_exception_ptr(static_cast<Errors &&>(errors)...);
      destroy();
      proxy.set_error(std::move(error));
    } else {
      destroy();
      if constexpr (snug::detail::is_same<Signal, set_value_t>) {
        proxy.set_value();
      } else {
        proxy.set_stopped();
      }
    }
  }
  static task_schedule_env get_env(task_bulk_child, task_bulk_block &op) noexcept { return {&link::proxy_of(op)}; }

private:
  void destroy() noexcept { snug::detail::delete_object(Alloc(alloc_), this); }

  template <class Error> static std::exception_ptr as_exception_ptr(Error &&error) noexcept {
    if constexpr (snug::detail::is_same<snug::detail::remove_cvref_t<Error>, std::exception_ptr>) {
      return static_cast<Error &&>(error);
    } else {
      return std::make_exception_ptr(snug::detail::decay_t<Error>(static_cast<Error &&>(error)));
    }
  }

  [[no_unique_address]] Alloc alloc_;
};

// A scheduler and the allocator that came with it.
template <class Sch, class Alloc> struct scheduler_with_allocator {
  [[no_unique_address]] Sch sch;
  [[no_unique_address]] Alloc alloc;
};
template <class Sch, class Alloc> struct shared_scheduler : task_scheduler_block {
  template <class S> shared_scheduler(S &&sch, Alloc const &alloc) : value{static_cast<S &&>(sch), alloc} {}

  scheduler_with_allocator<Sch, Alloc> value;
};

// How a scheduler and its allocator are put into a word and used from there.
template <class Sch, class Alloc> struct task_scheduler_kind {
  static_assert(infallible_scheduler<Sch, env<>>,
                "task_scheduler: scheduling must not fail: it completes with set_value_t() and, where a stop can be "
                "requested, with set_stopped_t() [exec.task.scheduler]");

  using word = task_scheduler_word;
  using value = scheduler_with_allocator<Sch, Alloc>;
  using shared = shared_scheduler<Sch, Alloc>;

  static constexpr bool is_in_place =
      sizeof(value) <= sizeof(word) && alignof(value) <= alignof(word) && std::is_trivially_copyable_v<value>;
  static constexpr bool fits = task_schedule_base::fits<task_schedule_late_child<Sch>>;
  using memory_t = task_schedule_memory<Sch>;

  template <class S> static word make(S &&sch, Alloc const &alloc) {
    word result{};
    if constexpr (is_in_place) {
      ::new (static_cast<void *>(&result.bytes)) value{static_cast<S &&>(sch), alloc};
    } else {
      result.block = snug::detail::new_object<shared>(alloc, static_cast<S &&>(sch), alloc);
    }
    return result;
  }

  static value const &in(word const &from) noexcept {
    if constexpr (is_in_place) {
      return *std::launder(reinterpret_cast<value const *>(&from.bytes));
    } else {
      return static_cast<shared const *>(from.block)->value;
    }
  }

  static void const *get(word const &from) noexcept { return &in(from).sch; }
  static bool equal(void const *left, void const *right) noexcept {
    return *static_cast<Sch const *>(left) == *static_cast<Sch const *>(right);
  }
  static forward_progress_guarantee progress(word const &from) noexcept {
    return get_forward_progress_guarantee(in(from).sch);
  }
  static void destroy(task_scheduler_block *block) noexcept {
    auto *const self = static_cast<shared *>(block);
    snug::detail::delete_object(self->value.alloc, self);
  }
  static void *allocate(word const &from) { return snug::detail::new_object<memory_t>(in(from).alloc); }
  static void deallocate(word const &from, void *memory) noexcept {
    snug::detail::delete_object(in(from).alloc, static_cast<memory_t *>(memory));
  }
  static void start(word const &from, task_schedule_base &op) noexcept {
    if constexpr (fits) {
      op.start_here(in(from).sch);
    } else {
      task_schedule_block<Sch>::start(op, in(from).sch);
    }
  }

  static void bulk(word const &from, parallel_scheduler_replacement::bulk_item_receiver_proxy &proxy, std::size_t shape,
                   bool chunked) noexcept {
    using domain = completion_domain_t<set_value_t, Sch, task_schedule_env>;
    if constexpr (!snug::detail::is_same<domain, default_domain> && !snug::detail::is_same<domain, void>) {
      if (shape != 0) {
        task_bulk_block<Sch, Alloc>::start(in(from).sch, in(from).alloc, proxy, shape, chunked);
        return;
      }
    } else if (!chunked) {
      for (std::size_t i = 0; i != shape; ++i) {
        proxy.execute(i, i + 1);
      }
    } else if (shape != 0) {
      proxy.execute(0, shape);
    }
    proxy.set_value();
  }

  static constexpr task_scheduler_ops ops() noexcept {
    task_scheduler_ops result = {.type = &task_scheduler_type<Sch>,
                                 .get = &get,
                                 .equal = &equal,
                                 .progress = &progress,
                                 .start = &start,
                                 .bulk = &bulk};
    if constexpr (!is_in_place) {
      result.destroy = &destroy;
    }
    if constexpr (!fits) {
      result.allocate = &allocate;
      result.deallocate = &deallocate;
    }
    return result;
  }
};
template <class Sch, class Alloc>
inline constexpr task_scheduler_ops task_scheduler_ops_for = task_scheduler_kind<Sch, Alloc>::ops();

template <class Rcvr> class task_schedule_op;

template <class... Env> using task_schedule_completions = decltype(infallible_completions<Env...>());

template <class Rcvr>
using task_schedule_proxy =
    proxied_operation<task_schedule_op<Rcvr>, Rcvr, task_schedule_base, task_schedule_completions<env_of_t<Rcvr>>>;

template <class Rcvr> class task_schedule_op : public task_schedule_proxy<Rcvr> {
  using proxy = task_schedule_proxy<Rcvr>;

public:
  template <class Sndr>
  task_schedule_op(Sndr const &sndr, Rcvr rcvr) : proxy(static_cast<Rcvr &&>(rcvr), sndr.handle()) {}

  void start() noexcept {
    proxy::open_token();
    proxy::start_schedule();
  }

  void complete_value() noexcept { proxy::complete_with(set_value_t{}); }
};

// The proxy of a bulk algorithm.
class task_bulk_proxy : public parallel_scheduler_replacement::bulk_item_receiver_proxy {
public:
  using scheduler = task_scheduler;

  explicit task_bulk_proxy(task_scheduler const &sch) noexcept;

protected:
  ~task_bulk_proxy() = default;

  void start_items(bulk_by_chunk, std::size_t shape) noexcept { sch_.ops().bulk(sch_.word(), *this, shape, true); }
  void start_items(bulk_by_index, std::size_t shape) noexcept { sch_.ops().bulk(sch_.word(), *this, shape, false); }

private:
  task_scheduler_handle sch_;
};

using task_domain = proxied_bulk_domain<task_bulk_proxy>;

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Schedules on a scheduler of any type whose scheduling cannot fail. The bulk algorithms do on it what they do on that
/// scheduler: what its domain says, or one item after the other.
///
/// Shapes:     schedule() completes with set_value_t(), and with set_stopped_t() where the stop token can stop. Bulk
///             algorithms complete with the values of their sender, decayed, with set_error_t(std::exception_ptr), and
///             with set_stopped_t().
/// State:      16 bytes; the scheduler lives in 8 of them where it is trivially copyable and no larger, allocator
///             included, and otherwise in an allocated block that copies share. 64 bytes, a cache line, for each
///             schedule operation, and no receiver; 40 of them hold the operation of the scheduler, so that those of
///             snug and of most others allocate nothing; a larger one is allocated when the operation is connected.
///             24 bytes for each bulk operation, besides its sender, its values, the number and the callable; what a
///             domain makes of it is allocated when it starts (x86-64, Itanium ABI), held by
///             execution/task_scheduler_test.cpp and execution/proxied_bulk_test.cpp.
/// Threads:    completes where the scheduler says.
/// Lifetime:   the scheduler's own operation is gone when the operation completes; nothing is touched afterwards.
/// Errors:     none in start(); what an allocation throws leaves the constructor or connect, and is an error of a bulk
///             algorithm. A scheduler that throws when its operation is made or connected ends the program.
/// Source:     [exec.task.scheduler]. Differs: an operation that does not fit is allocated by connect, not by start(),
///             where nobody could be told that it failed.
class task_scheduler : detail::task_scheduler_handle {
  friend detail::task_bulk_proxy;
  struct attrs;
  struct schedule_sender;

  template <class Sch, class Alloc> using kind = detail::task_scheduler_kind<snug::detail::remove_cvref_t<Sch>, Alloc>;

public:
  using scheduler_concept = scheduler_tag;

  template <class Sch>
    requires(!snug::detail::is_same<task_scheduler, snug::detail::remove_cvref_t<Sch>>) && scheduler<Sch>
  explicit task_scheduler(Sch &&sch)
      : task_scheduler(static_cast<Sch &&>(sch), snug::detail::default_allocator<std::byte>{}) {}
  template <class Sch, class Alloc>
    requires(!snug::detail::is_same<task_scheduler, snug::detail::remove_cvref_t<Sch>>) && scheduler<Sch>
  explicit task_scheduler(Sch &&sch, Alloc alloc)
      : task_scheduler_handle(detail::task_scheduler_ops_for<snug::detail::remove_cvref_t<Sch>, Alloc>,
                              kind<Sch, Alloc>::make(static_cast<Sch &&>(sch), alloc)) {}

  schedule_sender schedule() const noexcept;
  forward_progress_guarantee query(get_forward_progress_guarantee_t) const noexcept { return ops().progress(word()); }
  static constexpr detail::task_domain query(get_completion_domain_t<set_value_t>) noexcept { return {}; }

  friend bool operator==(task_scheduler const &left, task_scheduler const &right) noexcept {
    return static_cast<task_scheduler_handle const &>(left) == static_cast<task_scheduler_handle const &>(right);
  }
  // For the type itself alone: a scheduler with a task_scheduler among its template arguments finds this, too, and would
  // have to be a scheduler to be compared, and compared to be a scheduler.
  template <class Self, class Sch>
    requires snug::detail::is_same<task_scheduler, Self> && (!snug::detail::is_same<task_scheduler, Sch>) &&
             scheduler<Sch>
  friend bool operator==(Self const &left, Sch const &right) noexcept {
    auto const *const sch = left.template as<Sch>();
    return sch != nullptr && *sch == right;
  }
};

struct task_scheduler::attrs {
  task_scheduler const &sch;

  task_scheduler query(get_completion_scheduler_t<set_value_t>) const noexcept { return sch; }
};

struct task_scheduler::schedule_sender {
  using sender_concept = sender_tag;
  using in_place_self = schedule_sender;
  template <class, class Rcvr> using operation_for = detail::task_schedule_op<Rcvr>;

  template <class, class... Env> static consteval auto get_completion_signatures() {
    return detail::infallible_completions<Env...>();
  }

  attrs get_env() const noexcept { return {sch}; }
  detail::task_scheduler_handle const &handle() const noexcept { return sch; }

  task_scheduler sch;
};

inline task_scheduler::schedule_sender task_scheduler::schedule() const noexcept { return {*this}; }

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

inline task_bulk_proxy::task_bulk_proxy(task_scheduler const &sch) noexcept : sch_(sch) {}

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
