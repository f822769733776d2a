import { BACKEND_TROUBLE, conservationUnder } from './support/conservation.ts';

conservationUnder('jaeger', BACKEND_TROUBLE);
