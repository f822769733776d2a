import { BACKEND_TROUBLE, conservationUnder } from './support/conservation.ts';

conservationUnder('loki', BACKEND_TROUBLE);
