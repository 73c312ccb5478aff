-- The e-mail domain for which an application was refused a token: what there is to add, where nobody is known by the address.
ALTER TABLE "activity" ADD COLUMN "domain" VARCHAR(253);
