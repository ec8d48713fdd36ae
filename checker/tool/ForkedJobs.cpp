// Runs jobs in processes of their own, several at a time: a crash or a hang in one is no other's.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ForkedJobs.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace snug::tool {
namespace {

using Clock = std::chrono::steady_clock;

struct Running {
  std::size_t Index;
  pid_t Process;
  int Pipe;
  Clock::time_point Started;
  bool TimedOut = false;
  std::string Output;
};

/// The crash handlers that LLVM installs start a symbolizer, which takes seconds for each crash.
void dieQuietly() {
  for (int Signal : {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP, SIGFPE})
    std::signal(Signal, SIG_DFL);
  if (int Nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC); Nowhere >= 0)
    dup2(Nowhere, STDERR_FILENO);
}

[[noreturn]] void runChild(int Pipe, pid_t Parent, bool Silent, llvm::function_ref<std::string()> Job) {
  // Nobody waits for the results of a parent that was killed.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != Parent)
    _exit(1);
  if (Silent)
    dieQuietly();
  const std::string Output = Job();
  for (std::size_t Written = 0; Written != Output.size();) {
    const ssize_t Now = write(Pipe, Output.data() + Written, Output.size() - Written);
    if (Now < 0 && errno != EINTR)
      _exit(1);
    Written += static_cast<std::size_t>(std::max<ssize_t>(Now, 0));
  }
  _exit(0);
}

/// Nothing when there is no further process or pipe to be had, for the reason that errno tells.
std::optional<Running> start(std::size_t Index, bool Silent, llvm::function_ref<std::string(std::size_t)> Job) {
  int Ends[2];
  if (pipe2(Ends, O_CLOEXEC))
    return std::nullopt;
  const pid_t Parent = getpid();
  const pid_t Process = fork();
  if (Process == 0) {
    close(Ends[0]);
    runChild(Ends[1], Parent, Silent, [&] { return Job(Index); });
  }
  const int Error = errno;
  close(Ends[1]);
  if (Process < 0) {
    close(Ends[0]);
    errno = Error;
    return std::nullopt;
  }
  return Running{Index, Process, Ends[0], Clock::now(), false, {}};
}

/// Reads what is there; returns false at the end.
bool readSome(Running &R) {
  char Buffer[1 << 16];
  const ssize_t Got = read(R.Pipe, Buffer, sizeof(Buffer));
  if (Got > 0)
    R.Output.append(Buffer, static_cast<std::size_t>(Got));
  return Got > 0 || (Got < 0 && errno == EINTR);
}

JobEnd end(Running &R, unsigned Seconds) {
  close(R.Pipe);
  int Status = 0;
  rusage Usage{};
  while (wait4(R.Process, &Status, 0, &Usage) < 0 && errno == EINTR)
    ;
  JobEnd Result;
  Result.PeakKiB = static_cast<std::uint64_t>(Usage.ru_maxrss);
  if (R.TimedOut)
    Result.Failure = "took longer than " + std::to_string(Seconds) + (Seconds == 1 ? " second" : " seconds");
  else if (WIFSIGNALED(Status))
    Result.Failure = std::string("crashed: ") + strsignal(WTERMSIG(Status));
  else if (WEXITSTATUS(Status))
    Result.Failure = "gave up with exit code " + std::to_string(WEXITSTATUS(Status));
  else
    Result.Output = std::move(R.Output);
  return Result;
}

/// Milliseconds until the first job of `All` is overdue, -1 without a limit; kills those that are.
int enforceLimit(llvm::MutableArrayRef<Running> All, unsigned Seconds) {
  if (!Seconds)
    return -1;
  const Clock::time_point Now = Clock::now();
  auto Next = std::chrono::milliseconds(std::chrono::seconds(Seconds));
  for (Running &R : All) {
    const auto Left = std::chrono::ceil<std::chrono::milliseconds>(R.Started + std::chrono::seconds(Seconds) - Now);
    if (Left.count() > 0) {
      Next = std::min(Next, Left);
    } else if (!R.TimedOut) {
      R.TimedOut = true;
      kill(R.Process, SIGKILL);
    }
  }
  return static_cast<int>(Next.count());
}

} // namespace

void runForked(std::size_t Count, const JobLimits &Limits, llvm::function_ref<std::string(std::size_t)> Job,
               llvm::function_ref<void(std::size_t, JobEnd)> Done) {
  llvm::SmallVector<Running, 8> All;
  std::vector<pollfd> Polled;
  std::size_t Next = 0;
  while (Next != Count || !All.empty()) {
    while (Next != Count && All.size() < std::max(Limits.AtATime, 1u)) {
      llvm::outs().flush();
      if (std::optional<Running> Started = start(Next, Limits.Silent, Job)) {
        All.push_back(std::move(*Started));
      } else if (All.empty()) {
        JobEnd Refused;
        Refused.Failure = "could not be started: " + llvm::sys::StrError();
        Done(Next, std::move(Refused));
      } else {
        break; // the machine is full: again when one has ended
      }
      ++Next;
    }
    if (All.empty())
      continue;
    const int Wait = enforceLimit(All, Limits.Seconds);
    Polled.clear();
    for (const Running &R : All)
      Polled.push_back({R.Pipe, POLLIN, 0});
    if (poll(Polled.data(), Polled.size(), Wait) <= 0)
      continue;
    // From the back, so that what is removed has been looked at.
    for (std::size_t I = All.size(); I-- != 0;) {
      if (!Polled[I].revents || readSome(All[I]))
        continue;
      JobEnd Ended = end(All[I], Limits.Seconds);
      const std::size_t Index = All[I].Index;
      All.erase(All.begin() + static_cast<std::ptrdiff_t>(I));
      Done(Index, std::move(Ended));
    }
  }
}

} // namespace snug::tool
