import type { UserErrorValue } from '../../../platform/errors.ts';
import type { Page } from '../../../platform/graphql/page.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import type { SystemRecord } from '../../../platform/outbox/system-record.ts';
import type { BusinessException as BusinessExceptionRecord } from '../domain/business-exception.ts';

export type Operation = OperationRecord;
export type BusinessException = BusinessExceptionRecord;
export type System = SystemRecord;
export type OperationConnection = Page<OperationRecord>;
export type BusinessExceptionConnection = Page<BusinessExceptionRecord>;
export type OperationsUserError = UserErrorValue;
