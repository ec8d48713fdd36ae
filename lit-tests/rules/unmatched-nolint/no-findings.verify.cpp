// Where nothing was found nothing is read: a comment without its end costs nobody a look at the file. [lex.comment]/1.
// RUN: %verify_both %s
// expected-no-diagnostics

// NOLINTBEGIN
struct parent {
  int x;
};
