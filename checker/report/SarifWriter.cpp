// Findings as SARIF 2.1.0, for code-scanning services and editors.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang's SarifDocumentWriter takes its places from a SourceManager, which is gone when units are merged.
#include "report/Report.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

namespace snug::report {
namespace {

using llvm::StringRef;
using llvm::json::OStream;

/// A file as a URI: absolute paths get the scheme, relative ones stay relative; bytes outside of the unreserved set are
/// percent-encoded (RFC 3986).
std::string uri(StringRef Path) {
  std::string Result = llvm::sys::path::is_absolute(Path) ? "file://" : "";
  for (char C : Path) {
    if (llvm::isAlnum(C) || StringRef("-._~/").contains(C)) {
      Result += C;
      continue;
    }
    auto Byte = static_cast<unsigned char>(C);
    Result += '%';
    Result += llvm::hexdigit(Byte >> 4);
    Result += llvm::hexdigit(Byte & 15u);
  }
  return Result;
}

void writeRegion(OStream &J, const char *Key, const Location &Begin, const Location &End) {
  J.attributeObject(Key, [&] {
    J.attribute("startLine", Begin.Line);
    J.attribute("startColumn", Begin.Column);
    if (End.Line) {
      J.attribute("endLine", End.Line);
      J.attribute("endColumn", End.Column);
    }
  });
}

void writeArtifact(OStream &J, StringRef File) {
  J.attributeObject("artifactLocation", [&] { J.attribute("uri", uri(File)); });
}

void writeLocation(OStream &J, const Location &Where, StringRef Text) {
  J.object([&] {
    J.attributeObject("physicalLocation", [&] {
      writeArtifact(J, Where.File);
      if (Where.Line)
        writeRegion(J, "region", Where, {});
    });
    if (!Text.empty())
      J.attributeObject("message", [&] { J.attribute("text", Text); });
  });
}

/// SARIF wants "none" for what is not a failure.
StringRef sarifLevel(const Finding &F) {
  if (F.Result == Verdict::Undecided)
    return "none";
  switch (F.Severity) {
  case Level::Error:
    return "error";
  case Level::Warning:
    return "warning";
  case Level::Note:
  case Level::Remark:
    break;
  }
  return "note";
}

/// Each way to repair is one fix.
void writeFixes(OStream &J, const Finding &F) {
  auto Write = [&](const std::vector<Replacement> &FixIts, StringRef Text) {
    if (FixIts.empty())
      return;
    J.object([&] {
      J.attributeObject("description", [&] { J.attribute("text", Text); });
      J.attributeArray("artifactChanges", [&] {
        for (const Replacement &Fix : FixIts)
          J.object([&] {
            writeArtifact(J, Fix.Begin.File);
            J.attributeArray("replacements", [&] {
              J.object([&] {
                writeRegion(J, "deletedRegion", Fix.Begin, Fix.End);
                J.attributeObject("insertedContent", [&] { J.attribute("text", Fix.Text); });
              });
            });
          });
      });
    });
  };
  Write(F.FixIts, F.Message);
  for (const Reason &R : F.Reasons)
    Write(R.FixIts, R.Text);
}

void writeResult(OStream &J, const Finding &F, llvm::ArrayRef<RuleDescription> Rules) {
  J.object([&] {
    J.attribute("ruleId", "snug-" + F.RuleId);
    for (std::size_t I = 0; I != Rules.size(); ++I)
      if (Rules[I].Id == F.RuleId)
        J.attribute("ruleIndex", static_cast<std::int64_t>(I));
    J.attribute("level", sarifLevel(F));
    J.attribute("kind", F.Result == Verdict::Undecided ? "open" : "fail");
    J.attributeObject("message", [&] { J.attribute("text", F.Message); });
    J.attributeArray("locations", [&] {
      if (F.Where.isValid())
        writeLocation(J, F.Where, {});
    });
    J.attributeArray("relatedLocations", [&] {
      for (const Reason &R : F.Reasons)
        if (R.Where.isValid())
          writeLocation(J, R.Where, R.Text);
    });
    bool HasFix = !F.FixIts.empty();
    for (const Reason &R : F.Reasons)
      HasFix |= !R.FixIts.empty();
    if (HasFix)
      J.attributeArray("fixes", [&] { writeFixes(J, F); });
  });
}

} // namespace

void writeSarif(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings, llvm::ArrayRef<RuleDescription> Rules) {
  OStream J(OS, 2);
  J.object([&] {
    J.attribute("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/cos02/schemas/sarif-schema-2.1.0.json");
    J.attribute("version", "2.1.0");
    J.attributeArray("runs", [&] {
      J.object([&] {
        J.attributeObject("tool", [&] {
          J.attributeObject("driver", [&] {
            J.attribute("name", "snug");
            J.attributeArray("rules", [&] {
              for (const RuleDescription &R : Rules)
                J.object([&] {
                  J.attribute("id", ("snug-" + R.Id).str());
                  J.attributeObject("shortDescription", [&] { J.attribute("text", R.Summary); });
                  J.attributeObject("help", [&] { J.attribute("text", R.Paragraph); });
                });
            });
          });
        });
        J.attribute("columnKind", "utf16CodeUnits");
        J.attributeArray("results", [&] {
          for (const Finding &F : Findings)
            if (F.Result != Verdict::Holds)
              writeResult(J, F, Rules);
        });
      });
    });
  });
  OS << '\n';
}

} // namespace snug::report
