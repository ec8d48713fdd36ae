struct SNUG(size(4)) in_detail {
  long a;
};
