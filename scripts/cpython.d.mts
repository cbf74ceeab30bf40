export function findCPython(): string | null;
