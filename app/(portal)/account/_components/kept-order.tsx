"use client";

import { type ReactNode, useState } from "react";

type KeptOrderProps = { isSecondFactorDue: boolean; secondFactor: ReactNode; password: ReactNode };

/**
 * What has to be done first stands first, and stays there once it is done, until the page is opened anew: a card that
 * moved while somebody works in it would lose the dialog that they have opened since, and the focus.
 */
export function KeptOrder({ isSecondFactorDue, secondFactor, password }: KeptOrderProps) {
  const [isSecondFactorFirst] = useState(isSecondFactorDue);
  return (
    <>
      {isSecondFactorFirst && secondFactor}
      {password}
      {!isSecondFactorFirst && secondFactor}
    </>
  );
}
