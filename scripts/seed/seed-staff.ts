import type { StaffRole } from "@/lib/permissions";
import { generatePassword } from "@/lib/staff/password-policy";
import { daysAgo, type Seed } from "./seed-world";

export type SeededStaff = { id: string; email: string; name: string; role: StaffRole };

const MEMBERS = [
  { email: "administrator@vestibule.example", name: "Adèle Administrator", role: "administrator", isActive: true },
  { email: "manager@vestibule.example", name: "Marc Manager", role: "manager", isActive: true },
  { email: "viewer@vestibule.example", name: "Vera Viewer", role: "viewer", isActive: true },
  { email: "former@vestibule.example", name: "Fabien Former", role: "manager", isActive: false },
] as const;

/** Stores one member of every role and one who has left. They share a password that is made anew on every run. */
export async function seedStaff(seed: Seed): Promise<{ staff: SeededStaff[]; password: string }> {
  const password = generatePassword();
  const staff: SeededStaff[] = [];
  for (const member of MEMBERS) {
    const id = seed.random.uuid();
    await seed.database.staffMember.create({
      data: { id, ...member, passwordHash: password, createdAt: daysAgo(seed, 400), lastSignedInAt: daysAgo(seed, 1) },
      select: { id: true },
    });
    staff.push({ id, email: member.email, name: member.name, role: member.role });
  }
  return { staff, password };
}
