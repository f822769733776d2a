import { MoneytrailError } from '@moneytrail/catalogue';
import { isFree } from '../../../deploy/stack/port.ts';

/** Throws `MONEYTRAIL_START_PORT_IN_USE` when nothing can listen on the port, before anything has been started. */
export async function checkPort(option: string, port: number): Promise<void> {
  if (!(await isFree(port)))
    throw new MoneytrailError('MONEYTRAIL_START_PORT_IN_USE', option, port);
}
