import { expect, test } from "vitest";
import { Outbox, type Keeper, type Sending } from "./outbox";

function keeper(kept: string | null = null): Keeper & { kept: string | null } {
  const memory = {
    kept,
    read: () => memory.kept,
    write: (list: string) => {
      memory.kept = list;
    },
  };
  return memory;
}

function sending(id: string): Sending {
  return { id, content: { text: id }, text: id, time: "2026-11-27T09:00:00Z" };
}

test("sendings keep their order and ids over a reload", () => {
  const memory = keeper();
  const before = new Outbox(memory);
  before.add(sending("first"));
  before.add(sending("second"));
  const after = new Outbox(memory);
  expect(after.sendings).toEqual([sending("first"), sending("second")]);
  expect(after.next?.id).toBe("first");
  after.remove("first");
  expect(new Outbox(memory).next?.id).toBe("second");
});

test("one that was given up holds up no other, until it is tried again", () => {
  const outbox = new Outbox(keeper());
  outbox.add(sending("first"));
  outbox.add(sending("second"));
  outbox.fail("first");
  expect(outbox.next?.id).toBe("second");
  outbox.revive("first");
  expect(outbox.next?.id).toBe("first");
});

test.each(["", "{", "null", "7"])("what was kept and is no list (%s) counts as nothing", (kept) => {
  expect(new Outbox(keeper(kept)).sendings).toEqual([]);
});
