// The entry of a bundle, in which an import that waits would leave its place.
import '@moneytrail/telemetry/register';
import './typescript.mts';
