// Findings as SARIF 2.1.0, for code-scanning services and editors.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang's SarifDocumentWriter takes its places from a SourceManager, which is gone when units are merged, and it knows
// neither fixes nor base URIs.
#include "core/Suppressions.h"
#include "report/Report.h"
#include "report/SourceLines.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA1.h"

namespace snug::report {
namespace {

using llvm::StringRef;
using llvm::json::OStream;

constexpr const char *BaseId = "SRCROOT";

/// Bytes outside of the unreserved set are percent-encoded (RFC 3986).
std::string percentEncoded(StringRef Path) {
  std::string Result;
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

/// JSON is UTF-8, and file names need not be.
std::string text(StringRef Text) { return llvm::json::fixUTF8(Text); }

/// SARIF wants "none" for what is not a failure.
StringRef sarifLevel(Level L) {
  switch (L) {
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

class SarifWriter {
public:
  SarifWriter(llvm::raw_ostream &OS, llvm::ArrayRef<RuleDescription> Rules, StringRef Root)
      : J(OS, 2), Rules(Rules), Root(Root) {}

  void write(llvm::ArrayRef<Finding> Findings) {
    J.object([&] {
      J.attribute("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/cos02/schemas/sarif-schema-2.1.0.json");
      J.attribute("version", "2.1.0");
      J.attributeArray("runs", [&] { J.object([&] { writeRun(Findings); }); });
    });
  }

private:
  void writeRun(llvm::ArrayRef<Finding> Findings) {
    J.attributeObject("tool", [&] { J.attributeObject("driver", [&] { writeDriver(); }); });
    if (!Root.empty())
      J.attributeObject("originalUriBaseIds", [&] {
        J.attributeObject(BaseId, [&] { J.attribute("uri", "file://" + percentEncoded(Root.rtrim('/')) + "/"); });
      });
    J.attribute("columnKind", "unicodeCodePoints");
    J.attributeArray("results", [&] {
      for (const Finding &F : Findings)
        if (F.Result != Verdict::Holds)
          J.object([&] { writeResult(F); });
    });
  }

  void writeDriver() {
    J.attribute("name", "snug");
    J.attribute("semanticVersion", SNUG_VERSION);
    J.attributeArray("rules", [&] {
      for (const RuleDescription &R : Rules)
        J.object([&] {
          J.attribute("id", ("snug-" + R.Id).str());
          writeMessage("shortDescription", R.Summary);
          writeMessage("help", "see " + R.Paragraph.str() + " and 'snug explain " + R.Id.str() + "'");
          J.attributeObject("defaultConfiguration", [&] { J.attribute("level", sarifLevel(R.DefaultLevel)); });
        });
    });
  }

  void writeResult(const Finding &F) {
    const bool Open = F.Result == Verdict::Undecided;
    J.attribute("ruleId", "snug-" + F.RuleId);
    for (std::size_t I = 0; I != Rules.size(); ++I)
      if (Rules[I].Id == F.RuleId)
        J.attribute("ruleIndex", static_cast<std::int64_t>(I));
    J.attribute("level", Open ? "none" : sarifLevel(F.Severity));
    J.attribute("kind", Open ? "open" : "fail");
    writeMessage("message", F.Message);
    J.attributeArray("locations", [&] {
      if (F.Where.isValid())
        J.object([&] { writeLocation(F.Where, F.Entity, {}); });
    });
    J.attributeArray("relatedLocations", [&] {
      for (const Reason &R : F.Reasons)
        if (R.Where.isValid())
          J.object([&] { writeLocation(R.Where, {}, R.Text); });
    });
    J.attributeObject("partialFingerprints", [&] { J.attribute("snugFinding/v1", fingerprint(F)); });
    bool HasFix = !F.FixIts.empty();
    for (const Reason &R : F.Reasons)
      HasFix |= !R.FixIts.empty();
    if (HasFix)
      J.attributeArray("fixes", [&] {
        writeFix(F.FixIts, F.Message);
        for (const Reason &R : F.Reasons)
          writeFix(R.FixIts, R.Text);
      });
  }

  /// What an entry of a suppressions file would say, and which of those that say the same it is.
  std::string fingerprint(const Finding &F) {
    const Suppression S = suppressionOf(F, Root);
    const std::string Key = S.File + '\n' + S.Rule + '\n' + S.Entity + '\n' + S.Message;
    const unsigned Number = ++Seen[Key];
    return llvm::toHex(llvm::SHA1::hash(llvm::arrayRefFromStringRef(Key)), /*LowerCase=*/true) + ":" +
           std::to_string(Number);
  }

  void writeMessage(const char *Key, StringRef Text) {
    J.attributeObject(Key, [&] { J.attribute("text", text(Text)); });
  }

  void writeArtifact(StringRef File) {
    J.attributeObject("artifactLocation", [&] {
      StringRef Rest = File;
      const bool Absolute = llvm::sys::path::is_absolute(File);
      const bool Below = Absolute && !Root.empty() && Rest.consume_front(Root.rtrim('/')) && Rest.consume_front("/");
      if (Absolute && !Below) {
        J.attribute("uri", "file://" + percentEncoded(File));
        return;
      }
      J.attribute("uri", percentEncoded(Below ? Rest : llvm::sys::path::remove_leading_dotslash(File)));
      if (!Root.empty())
        J.attribute("uriBaseId", BaseId);
    });
  }

  void writeRegion(const char *Key, const Location &Begin, const Location &End) {
    J.attributeObject(Key, [&] {
      J.attribute("startLine", Begin.Line);
      if (Begin.Column)
        J.attribute("startColumn", Lines.column(Begin));
      if (End.Line) {
        J.attribute("endLine", End.Line);
        if (End.Column)
          J.attribute("endColumn", Lines.column(End));
      }
    });
  }

  void writeLocation(const Location &Where, StringRef Entity, StringRef Text) {
    J.attributeObject("physicalLocation", [&] {
      writeArtifact(Where.File);
      if (Where.Line)
        writeRegion("region", Where, {});
    });
    if (!Entity.empty())
      J.attributeArray("logicalLocations", [&] { J.object([&] { J.attribute("fullyQualifiedName", text(Entity)); }); });
    if (!Text.empty())
      writeMessage("message", Text);
  }

  /// Each way to repair is one fix.
  void writeFix(const std::vector<Replacement> &FixIts, StringRef Text) {
    if (FixIts.empty())
      return;
    J.object([&] {
      writeMessage("description", Text);
      J.attributeArray("artifactChanges", [&] {
        for (const Replacement &Fix : FixIts)
          J.object([&] {
            writeArtifact(Fix.Begin.File);
            J.attributeArray("replacements", [&] {
              J.object([&] {
                writeRegion("deletedRegion", Fix.Begin, Fix.End);
                writeMessage("insertedContent", Fix.Text);
              });
            });
          });
      });
    });
  }

  OStream J;
  llvm::ArrayRef<RuleDescription> Rules;
  StringRef Root;
  SourceLines Lines;
  llvm::StringMap<unsigned> Seen;
};

} // namespace

void writeSarif(llvm::raw_ostream &OS, llvm::ArrayRef<Finding> Findings, llvm::ArrayRef<RuleDescription> Rules,
                StringRef Root) {
  SarifWriter(OS, Rules, Root).write(Findings);
  OS << '\n';
}

} // namespace snug::report
