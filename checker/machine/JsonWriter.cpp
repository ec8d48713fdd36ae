// Functions as JSON, schema 1.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/JsonWriter.h"

namespace snug::machine {
namespace {

/// Symbol names are bytes; JSON is UTF-8.
std::string utf8(llvm::StringRef Text) { return llvm::json::fixUTF8(Text); }

void writeAccesses(llvm::json::OStream &Out, llvm::StringRef Key, llvm::ArrayRef<AccessDetail> Accesses) {
  Out.attributeArray(Key, [&] {
    for (const AccessDetail &A : Accesses)
      Out.object([&] {
        Out.attribute("path", utf8(A.Path));
        if (!A.IsStore)
          Out.attribute("depth", A.Depth);
        Out.attribute("class", toString(A.Class));
        Out.attribute("width", A.Width);
        Out.attribute("offset", static_cast<std::int64_t>(A.Offset));
        if (A.IsOnEntryWay)
          Out.attribute("entry_way", true);
        if (A.IsVariable)
          Out.attribute("repeated", true);
      });
  });
}

void writeLine(llvm::json::OStream &Out, const ListingLine &L) {
  Out.attribute("offset", static_cast<std::int64_t>(L.Offset));
  Out.attribute("size", L.Size);
  if (!L.Label.empty())
    Out.attribute("label", L.Label);
  if (!L.Part.empty())
    Out.attribute("part", utf8(L.Part));
  Out.attribute("text", utf8(L.Text));
  if (L.StartsUnreached)
    Out.attribute("starts_unreached", true);
  // Most instructions touch no memory.
  auto Count = [&](llvm::StringRef Key, unsigned N) {
    if (N)
      Out.attribute(Key, N);
  };
  Count("loads", L.Loads);
  Count("stores", L.Stores);
  Count("implicit_loads", L.StackLoads);
  Count("implicit_stores", L.StackStores);
  Count("depth", L.Depth);
  if (L.IsRepeated)
    Out.attribute("repeated", true);
}

} // namespace

void writeJson(llvm::json::OStream &Out, const FunctionReport &R, bool WithListing) {
  Out.object([&] {
    Out.attribute("name", utf8(R.Name));
    Out.attribute("mangled", utf8(R.Mangled));
    Out.attributeArray("aliases", [&] {
      for (const std::string &A : R.Aliases)
        Out.value(utf8(A));
    });
    Out.attribute("object", utf8(R.In));
    Out.attributeArray("parts", [&] {
      for (const PartDetail &P : R.Parts)
        Out.object([&] {
          Out.attribute("mangled", utf8(P.Name));
          Out.attribute("offset", static_cast<std::int64_t>(P.Offset));
          Out.attribute("bytes", static_cast<std::int64_t>(P.Bytes));
        });
    });
    for (const MetricName &M : metricNames())
      Out.attribute(M.Name, static_cast<std::int64_t>(M.Get(R.Figures)));
    Out.attribute("dynamic_frame", R.Figures.HasDynamicFrame);
    Out.attribute("repeats", R.Figures.HasRepeats);
    Out.attribute("undecoded_bytes", R.Figures.Undecoded);
    writeAccesses(Out, "load_list", R.Loads);
    writeAccesses(Out, "store_list", R.Stores);
    Out.attributeArray("loops", [&] {
      for (const LoopDetail &L : R.Loops)
        Out.object([&] {
          Out.attribute("label", L.Label);
          Out.attribute("carried_loads", L.CarriedLoads);
        });
    });
    if (WithListing)
      Out.attributeArray("listing", [&] {
        for (const ListingLine &L : R.Listing)
          Out.object([&] { writeLine(Out, L); });
      });
  });
}

void writeJson(llvm::json::OStream &Out, llvm::ArrayRef<FunctionPair> Pairs, llvm::ArrayRef<FunctionReport> OnlyBefore,
               llvm::ArrayRef<FunctionReport> OnlyAfter) {
  auto Names = [&](llvm::StringRef Key, llvm::ArrayRef<FunctionReport> Reports) {
    Out.attributeArray(Key, [&] {
      for (const FunctionReport &R : Reports)
        Out.value(utf8(R.Name));
    });
  };
  Out.object([&] {
    Out.attribute("schema", 1);
    Out.attributeArray("pairs", [&] {
      for (const FunctionPair &P : Pairs)
        Out.object([&] {
          Out.attributeBegin("before");
          writeJson(Out, P.Before);
          Out.attributeEnd();
          Out.attributeBegin("after");
          writeJson(Out, P.After);
          Out.attributeEnd();
        });
    });
    Names("only_before", OnlyBefore);
    Names("only_after", OnlyAfter);
  });
}

} // namespace snug::machine
