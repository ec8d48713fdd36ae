// Findings for programs, in our own small schema.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/Report.h"

#include "llvm/Support/JSON.h"

namespace snug::report {
namespace {

void writePlace(llvm::json::OStream &J, const Location &Where) {
  J.attribute("file", Where.File);
  J.attribute("line", Where.Line);
  J.attribute("column", Where.Column);
}

void writeFixIts(llvm::json::OStream &J, const std::vector<Replacement> &FixIts) {
  J.attributeArray("fixits", [&] {
    for (const Replacement &Fix : FixIts)
      J.object([&] {
        J.attribute("file", Fix.Begin.File);
        auto Place = [&](const char *Key, const Location &At) {
          J.attributeObject(Key, [&] {
            J.attribute("line", At.Line);
            J.attribute("column", At.Column);
          });
        };
        Place("begin", Fix.Begin);
        Place("end", Fix.End);
        J.attribute("text", Fix.Text);
      });
  });
}

} // namespace

void writeJson(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings, const Summary &S) {
  llvm::json::OStream J(OS, 2);
  J.object([&] {
    J.attribute("schema", 1);
    J.attributeArray("findings", [&] {
      for (const Finding &F : Findings)
        J.object([&] {
          J.attribute("rule", F.RuleId);
          J.attribute("level", toString(F.Severity));
          J.attribute("verdict", toString(F.Result));
          writePlace(J, F.Where);
          J.attribute("message", F.Message);
          J.attribute("entity", F.Entity);
          J.attributeArray("reasons", [&] {
            for (const Reason &R : F.Reasons)
              J.object([&] {
                J.attribute("id", R.Id);
                J.attribute("message", R.Text);
                writePlace(J, R.Where);
                writeFixIts(J, R.FixIts);
              });
          });
          writeFixIts(J, F.FixIts);
        });
    });
    J.attributeObject("summary", [&] {
      J.attribute("files", static_cast<std::int64_t>(S.Files));
      J.attribute("findings", static_cast<std::int64_t>(S.findings()));
      J.attribute("errors", static_cast<std::int64_t>(S.Errors));
      J.attribute("warnings", static_cast<std::int64_t>(S.Warnings));
      J.attribute("notes", static_cast<std::int64_t>(S.Notes));
      J.attribute("undecided", static_cast<std::int64_t>(S.Undecided));
      J.attribute("suppressed", static_cast<std::int64_t>(S.Suppressed));
    });
  });
  OS << '\n';
}

} // namespace snug::report
