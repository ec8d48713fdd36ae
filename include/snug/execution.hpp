// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Everything of [exec] that snug offers; each part can also be included by its own header.
#ifndef SNUG_EXECUTION_HPP
#define SNUG_EXECUTION_HPP

// First and apart, in the order of their dependencies: g++ prints the chain of includes above an error, and most errors
// are found in these.
#include <snug/execution/receiver.hpp>

#include <snug/execution/completion_signatures.hpp>

#include <snug/execution/connect.hpp>

#include <snug/execution/child_operation_state.hpp>

#include <snug/execution/affine.hpp>
#include <snug/execution/as_awaitable.hpp>
#include <snug/execution/associate.hpp>
#include <snug/execution/awaitable.hpp>
#include <snug/execution/bulk.hpp>
#include <snug/execution/bulk_on_threads.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/child_base.hpp>
#include <snug/execution/child_receiver.hpp>
#include <snug/execution/completion_types.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/counting_scope.hpp>
#include <snug/execution/default_domain.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/execution_policy.hpp>
#include <snug/execution/in_place_sender.hpp>
#include <snug/execution/infallible_scheduler.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/inlinable_receiver.hpp>
#include <snug/execution/inline_attrs.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/into_variant.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/late_child.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/on.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/parallel_backend.hpp>
#include <snug/execution/parallel_scheduler.hpp>
#include <snug/execution/proxied_bulk.hpp>
#include <snug/execution/proxied_operation.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/receiver_proxy.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/schedule_failures.hpp>
#include <snug/execution/schedule_from.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/scope_concepts.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/sender_parts.hpp>
#include <snug/execution/simple_counting_scope.hpp>
#include <snug/execution/spawn.hpp>
#include <snug/execution/spawn_future.hpp>
#include <snug/execution/split.hpp>
#include <snug/execution/starts_on.hpp>
#include <snug/execution/static_thread_pool.hpp>
#include <snug/execution/stopped_as_error.hpp>
#include <snug/execution/stopped_as_optional.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/sync_wait_with_variant.hpp>
#include <snug/execution/task.hpp>
#include <snug/execution/task_scheduler.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/thread_pool_bulk.hpp>
#include <snug/execution/turned_attrs.hpp>
#include <snug/execution/when_all.hpp>
#include <snug/execution/when_all_with_variant.hpp>
#include <snug/execution/with_awaitable_senders.hpp>
#include <snug/execution/with_error.hpp>
#include <snug/execution/write_env.hpp>
#include <snug/stop_token.hpp>

#endif
