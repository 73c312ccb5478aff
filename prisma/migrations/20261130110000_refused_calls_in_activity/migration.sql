-- Refused calls are rows of "activity", which has their status, method and path as well.
DROP TABLE "refused_calls";
