/** What the worker answers, as far as the console shows it; `/openapi.json` has all of it. */
import type { StockEntry, StockSource } from '@vitrine/storefront/live';

export type { StockEntry, StockSource };

export type Role = 'viewer' | 'operator' | 'owner';
export type Kind = 'scale' | 'rfid' | 'footfall' | 'cold-chain' | 'vehicle';
export type DeviceState = 'waiting' | 'live' | 'silent' | 'alarm' | 'revoked';
export type Algorithm = 'v1' | 'v1a';
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface Me {
  id: string;
  role: Role;
  label: string;
}

export interface Page<T> {
  items: T[];
  next?: string;
}

export interface Config {
  unitGrams?: number;
  tareGrams?: number;
  noiseGrams?: number;
  settleSeconds?: number;
  tags?: Record<string, string>;
  minCelsius?: number;
  maxCelsius?: number;
  toleranceSeconds?: number;
  silentAfterSeconds?: number;
}

export interface Key {
  id: string;
  algorithm: Algorithm;
  createdAt: string;
  expiresAt?: string;
  lastUsedAt?: string;
}

export interface Gap {
  epoch: number;
  from: number;
  to: number;
  open: boolean;
  closedAt?: string;
}

export interface Twin {
  desired: JsonObject;
  reported: JsonObject;
  desiredVersion: number;
  reportedVersion: number;
}

/** Something that goes on and needs a person. */
export interface Alarm {
  kind: string;
  since: string;
}

export interface Refusal {
  at: string;
  id?: string;
  code: string;
  detail: string;
}

export interface Device {
  id: string;
  kind: Kind;
  site: string;
  name?: string;
  sku?: string;
  config: Config;
  ordering: 'sequence' | 'time';
  createdAt: string;
  revokedAt?: string;
  state: DeviceState;
  alarms?: Alarm[];
  lastSeenAt?: string;
  counts: { accepted: number; duplicate: number; late: number; refused: number };
  gaps: Gap[];
  pending: number;
  keys: Key[];
  stock: { sku: string; site: string; source: StockSource }[];
  last: Record<string, { value: number; at: string }>;
  position?: { latitude: number; longitude: number; at: string };
  twin: Twin;
  refusals: Refusal[];
  version: number;
}

/** What makes a device; `POST /v1/devices` and, without `key`, `POST /v1/enrolments`. */
export interface NewDevice {
  id: string;
  kind: Kind;
  site: string;
  name?: string;
  sku?: string;
  config?: Config;
  ordering?: 'sequence' | 'time';
  key?: { algorithm: Algorithm; publicKey?: string };
}

export interface NewKey {
  id: string;
  algorithm: Algorithm;
  secret?: string;
}

export interface Reading {
  metric: string;
  start: string;
  count: number;
  sum: number;
  min: number;
  max: number;
  last: number;
  lastAt: string;
}

export interface DeadLetter {
  id: string;
  at: string;
  attempts: number;
  reason: string;
  body: Json;
}

export interface AuditEntry {
  id: number;
  at: string;
  by: string;
  action: string;
  target: string;
  request: string;
}

/** A code that waits for being told to the customer of an order. */
export interface OrderCode {
  id: string;
  order: string;
  code: string;
  language: 'en' | 'zh';
  createdAt: string;
  expiresAt: string;
}

/** A return that a customer started. */
export interface Return {
  id: string;
  order: string;
  skus: string[];
  createdAt: string;
}

export interface Token {
  id: string;
  role: Role;
  label: string;
  createdAt: string;
  expiresAt?: string;
}

export interface StorefrontKey {
  id: string;
  key: string;
  origins: string[];
  label: string;
  createdAt: string;
}
