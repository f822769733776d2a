import { BACKEND_TROUBLE, conservationUnder } from './support/conservation.ts';

conservationUnder('prometheus', BACKEND_TROUBLE);
