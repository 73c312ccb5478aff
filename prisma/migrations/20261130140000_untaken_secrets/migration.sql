-- Whether somebody was shown a secret and has not said that they stored it. Of those there are already, nobody was asked.
ALTER TABLE "application_secrets" ADD COLUMN "is_untaken" BOOLEAN NOT NULL DEFAULT false;
