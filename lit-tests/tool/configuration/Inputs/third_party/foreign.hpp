struct SNUG(size(4)) in_foreign {
  long a;
};
