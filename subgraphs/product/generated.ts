import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Product as ProductModel, ProductVariant as ProductVariantModel, UnitConversion as UnitConversionModel, Channel as ChannelModel, Category as CategoryModel, ProductUserError as ProductUserErrorModel, Price as PriceModel } from './resolvers/models.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An ISO 4217 currency. */
  CurrencyCode: { input: string; output: string; }
  /** An instant, RFC 3339 with an offset. */
  DateTime: { input: string; output: Date | string; }
  /** An exact decimal number, as text. */
  Decimal: { input: string; output: string; }
  /** A unit of measure, UN/CEFACT Recommendation 20. */
  UnitCode: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** A shelf in the shop's order of things. */
export type Category = {
  /** The category's identity. */
  id: Scalars['ID']['output'];
  /** Its name, for people. */
  name: Scalars['String']['output'];
  /** The category it belongs to, if any. */
  parent?: Maybe<Category>;
};

/** A way of selling with its own market and money: a country's web shop, the tills, a marketplace. */
export type Channel = {
  /** The short name that systems and people know the channel by. */
  code: Scalars['String']['output'];
  /** The currency its prices are in. */
  defaultCurrency: Scalars['CurrencyCode']['output'];
  /** The channel's identity. */
  id: Scalars['ID']['output'];
  /** The market it sells in, usually a country code. */
  market: Scalars['String']['output'];
  /** Its name, for people. */
  name: Scalars['String']['output'];
  /** Whether the prices it shows contain tax. */
  priceIncludesTax: Scalars['Boolean']['output'];
};

/** A name another system knows something by. */
export type ExternalIdentifier = {
  /** The system that uses this name. */
  system: Scalars['String']['output'];
  /** The name it uses. */
  value: Scalars['String']['output'];
};

/** An exact amount of money in one currency. */
export type Money = {
  /** The amount, as an exact decimal. */
  amount: Scalars['Decimal']['output'];
  /** The currency it is in. */
  currencyCode: Scalars['CurrencyCode']['output'];
};

export type Mutation = {
  /** Writes a product's content. From then on the content is ours: the ERP's title no longer replaces it. Without an id a new product is made, as a draft. */
  upsertProduct: UpsertProductPayload;
};


export type MutationUpsertProductArgs = {
  input: UpsertProductInput;
};

/** Where a page stands in its list. */
export type PageInfo = {
  /** The cursor of the last item of this page; pass it as `after` for the next one. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether the list goes on after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has items before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first item of this page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** What one base unit costs in one channel. */
export type Price = {
  /** The moment up to which we know that the ERP had said nothing else. */
  asOf: Scalars['DateTime']['output'];
  /** The regular price. */
  list: Money;
  /** The price list it comes from, in the ERP's words. */
  priceListId: Scalars['ID']['output'];
  /** The reduced price, while there is one; it is what a buyer pays. */
  sale?: Maybe<Money>;
  /** Whether tax is contained. */
  taxIncluded: Scalars['Boolean']['output'];
  /** The first instant it holds; open when nothing is said. */
  validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** The first instant it no longer holds; open when nothing is said. */
  validTo?: Maybe<Scalars['DateTime']['output']>;
};

/** What a shopper sees as one thing; its variants are what can be bought. */
export type Product = {
  /** The brand it is sold under. */
  brand?: Maybe<Scalars['String']['output']>;
  /** The categories it is filed under. */
  categories: Array<Category>;
  /** The product's identity. */
  id: Scalars['ID']['output'];
  /** Where it stands in its life; active as long as one of its variants is. */
  status: ProductStatus;
  /** Its name in the shop. */
  title: Scalars['String']['output'];
  /** What can be bought of it, in a stable order. */
  variants: ProductVariantConnection;
};


/** What a shopper sees as one thing; its variants are what can be bought. */
export type ProductVariantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One page of products. */
export type ProductConnection = {
  /** The products of this page with their cursors. */
  edges: Array<ProductEdge>;
  /** The products of this page. */
  nodes: Array<Product>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One product in a list. */
export type ProductEdge = {
  /** Points at this product in this list. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: Product;
};

/** Where an article stands in its life. */
export type ProductStatus =
  /** Can be sold. */
  | 'ACTIVE'
  /** Kept for the books only. */
  | 'ARCHIVED'
  /** No longer sold; it is still shown and returned. */
  | 'DISCONTINUED'
  /** Being prepared; only staff see it. */
  | 'DRAFT';

/** Why a product was not written. */
export type ProductUserError = UserError & {
  /** Stable and upper case: PRODUCT_UNKNOWN, TITLE_INVALID, for example. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, such as input, title. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
};

/** One sellable article: one SKU. */
export type ProductVariant = {
  /** The unit stock is kept in. */
  baseUnit: Scalars['UnitCode']['output'];
  /** The names other systems know it by; for rooms of the graph only. */
  externalIdentifiers: Array<ExternalIdentifier>;
  /** The GS1 trade item number of one piece. */
  gtin?: Maybe<Scalars['String']['output']>;
  /** The variant's identity. */
  id: Scalars['ID']['output'];
  /** The price of one base unit, or nothing when the channel has none at that time. */
  price?: Maybe<Price>;
  /** The product it is a variant of. */
  product: Product;
  /** The stock-keeping identity, upper case, never re-used. */
  sku: Scalars['String']['output'];
  /** Where this variant stands in its life; only active variants can be sold. */
  status: ProductStatus;
  /** How it is taxed, in the ERP's words. */
  taxCategoryCode: Scalars['String']['output'];
  /** What it is called; an article without siblings is called like its product. */
  title: Scalars['String']['output'];
  /** Whether stock is counted; false for services, fees and vouchers. */
  trackInventory: Scalars['Boolean']['output'];
  /** Other units it is bought or sold in. */
  unitConversions: Array<UnitConversion>;
};


/** One sellable article: one SKU. */
export type ProductVariantPriceArgs = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
  channelId: Scalars['ID']['input'];
};

/** One page of variants. */
export type ProductVariantConnection = {
  /** The variants of this page with their cursors. */
  edges: Array<ProductVariantEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One variant in a list. */
export type ProductVariantEdge = {
  /** Points at this variant in this list. */
  cursor: Scalars['String']['output'];
  /** The variant. */
  node: ProductVariant;
};

export type Query = {
  /** The channel with this code, or nothing when there is none. */
  channelByCode?: Maybe<Channel>;
  /** Every way of selling, by code. */
  channels: Array<Channel>;
  /** The product with this id, or nothing when there is none; drafts are for staff. */
  product?: Maybe<Product>;
  /** The variant with this id, or nothing when there is none; drafts are for staff. */
  productVariant?: Maybe<ProductVariant>;
  /** The variant that carries this GTIN on any of its packagings, or nothing when there is none. */
  productVariantByGtin?: Maybe<ProductVariant>;
  /** The variant with this SKU, in upper or lower case, or nothing when there is none. */
  productVariantBySku?: Maybe<ProductVariant>;
  /** Products in a stable order; staff see drafts and archived products as well. */
  products: ProductConnection;
};


export type QueryChannelByCodeArgs = {
  code: Scalars['String']['input'];
};


export type QueryProductArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProductVariantArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProductVariantByGtinArgs = {
  gtin: Scalars['String']['input'];
};


export type QueryProductVariantBySkuArgs = {
  sku: Scalars['String']['input'];
};


export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  channelId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
};

export type Subscription = {
  /** Each change of a variant, its product or its price, with the new state; with `ids`, first the present state of each. */
  productUpdated: ProductVariant;
};


export type SubscriptionProductUpdatedArgs = {
  channelId?: InputMaybe<Scalars['ID']['input']>;
  ids?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** Another unit an article is bought or sold in. */
export type UnitConversion = {
  /** How many base units make one of it. */
  factor: Scalars['Decimal']['output'];
  /** The GTIN of this packaging. */
  gtin?: Maybe<Scalars['String']['output']>;
  /** The other unit. */
  unit: Scalars['UnitCode']['output'];
};

/** The content of a product. */
export type UpsertProductInput = {
  /** The product to write; a new one when left out. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Names this intent; repeating it with the same key makes nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** Its name in the shop: 1 to 500 characters. */
  title: Scalars['String']['input'];
};

/** What became of a wish to write a product. */
export type UpsertProductPayload = {
  /** The product as it stands now. */
  product?: Maybe<Product>;
  /** Why it was not written; empty when it was. */
  userErrors: Array<ProductUserError>;
};

/** Why something asked for was not done. */
export type UserError = {
  /** Stable and upper case; clients decide by it. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, such as input, title. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Category: Category;
  Channel: Channel;
  Product: Product;
  ProductVariant: ProductVariant;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Category:
    ( { __typename: 'Category' }
    & GraphQLRecursivePick<FederationTypes['Category'], {"id":true}> );
  Channel:
    ( { __typename: 'Channel' }
    & ( GraphQLRecursivePick<FederationTypes['Channel'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Channel'], {"code":true}> ) );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
  ProductVariant:
    ( { __typename: 'ProductVariant' }
    & ( GraphQLRecursivePick<FederationTypes['ProductVariant'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['ProductVariant'], {"sku":true}> ) );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError: ( ProductUserErrorModel );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Category: ResolverTypeWrapper<CategoryModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Channel: ResolverTypeWrapper<ChannelModel>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  ExternalIdentifier: ResolverTypeWrapper<ExternalIdentifier>;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Price: ResolverTypeWrapper<PriceModel>;
  Product: ResolverTypeWrapper<ProductModel>;
  ProductConnection: ResolverTypeWrapper<Omit<ProductConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ProductEdge']>, nodes: Array<ResolversTypes['Product']> }>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  ProductStatus: ProductStatus;
  ProductUserError: ResolverTypeWrapper<ProductUserErrorModel>;
  ProductVariant: ResolverTypeWrapper<ProductVariantModel>;
  ProductVariantConnection: ResolverTypeWrapper<Omit<ProductVariantConnection, 'edges'> & { edges: Array<ResolversTypes['ProductVariantEdge']> }>;
  ProductVariantEdge: ResolverTypeWrapper<Omit<ProductVariantEdge, 'node'> & { node: ResolversTypes['ProductVariant'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UnitCode: ResolverTypeWrapper<Scalars['UnitCode']['output']>;
  UnitConversion: ResolverTypeWrapper<UnitConversionModel>;
  UpsertProductInput: UpsertProductInput;
  UpsertProductPayload: ResolverTypeWrapper<Omit<UpsertProductPayload, 'product' | 'userErrors'> & { product?: Maybe<ResolversTypes['Product']>, userErrors: Array<ResolversTypes['ProductUserError']> }>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Category: CategoryModel;
  ID: Scalars['ID']['output'];
  Channel: ChannelModel;
  Boolean: Scalars['Boolean']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  ExternalIdentifier: ExternalIdentifier;
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Price: PriceModel;
  Product: ProductModel;
  ProductConnection: Omit<ProductConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ProductEdge']>, nodes: Array<ResolversParentTypes['Product']> };
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  ProductUserError: ProductUserErrorModel;
  ProductVariant: ProductVariantModel;
  ProductVariantConnection: Omit<ProductVariantConnection, 'edges'> & { edges: Array<ResolversParentTypes['ProductVariantEdge']> };
  ProductVariantEdge: Omit<ProductVariantEdge, 'node'> & { node: ResolversParentTypes['ProductVariant'] };
  Query: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  UnitCode: Scalars['UnitCode']['output'];
  UnitConversion: UnitConversionModel;
  UpsertProductInput: UpsertProductInput;
  UpsertProductPayload: Omit<UpsertProductPayload, 'product' | 'userErrors'> & { product?: Maybe<ResolversParentTypes['Product']>, userErrors: Array<ResolversParentTypes['ProductUserError']> };
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
};

export type SorDirectiveArgs = {
  maxStalenessMs?: Maybe<Scalars['Int']['input']>;
  system: Scalars['String']['input'];
};

export type SorDirectiveResolver<Result, Parent, ContextType = Context, Args = SorDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category'], FederationReferenceType extends FederationReferenceTypes['Category'] = FederationReferenceTypes['Category']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Category']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
};

export type ChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel'], FederationReferenceType extends FederationReferenceTypes['Channel'] = FederationReferenceTypes['Channel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Channel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  defaultCurrency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  market?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  priceIncludesTax?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type ExternalIdentifierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalIdentifier'] = ResolversParentTypes['ExternalIdentifier']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  upsertProduct?: Resolver<ResolversTypes['UpsertProductPayload'], ParentType, ContextType, RequireFields<MutationUpsertProductArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Price'] = ResolversParentTypes['Price']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  list?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  priceListId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sale?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  taxIncluded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ProductStatus'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  variants?: Resolver<ResolversTypes['ProductVariantConnection'], ParentType, ContextType, Partial<ProductVariantsArgs>>;
};

export type ProductConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type ProductUserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductUserError'] = ResolversParentTypes['ProductUserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant'], FederationReferenceType extends FederationReferenceTypes['ProductVariant'] = FederationReferenceTypes['ProductVariant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProductVariant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  baseUnit?: Resolver<ResolversTypes['UnitCode'], ParentType, ContextType>;
  externalIdentifiers?: Resolver<Array<ResolversTypes['ExternalIdentifier']>, ParentType, ContextType>;
  gtin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Price']>, ParentType, ContextType, RequireFields<ProductVariantPriceArgs, 'channelId'>>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ProductStatus'], ParentType, ContextType>;
  taxCategoryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  trackInventory?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  unitConversions?: Resolver<Array<ResolversTypes['UnitConversion']>, ParentType, ContextType>;
};

export type ProductVariantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariantConnection'] = ResolversParentTypes['ProductVariantConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProductVariantEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ProductVariantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariantEdge'] = ResolversParentTypes['ProductVariantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  channelByCode?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType, RequireFields<QueryChannelByCodeArgs, 'code'>>;
  channels?: Resolver<Array<ResolversTypes['Channel']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'id'>>;
  productVariant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType, RequireFields<QueryProductVariantArgs, 'id'>>;
  productVariantByGtin?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType, RequireFields<QueryProductVariantByGtinArgs, 'gtin'>>;
  productVariantBySku?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType, RequireFields<QueryProductVariantBySkuArgs, 'sku'>>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, Partial<QueryProductsArgs>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  productUpdated?: SubscriptionResolver<ResolversTypes['ProductVariant'], "productUpdated", ParentType, ContextType, Partial<SubscriptionProductUpdatedArgs>>;
};

export interface UnitCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UnitCode'], any> {
  name: 'UnitCode';
}

export type UnitConversionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnitConversion'] = ResolversParentTypes['UnitConversion']> = {
  factor?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  gtin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['UnitCode'], ParentType, ContextType>;
};

export type UpsertProductPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertProductPayload'] = ResolversParentTypes['UpsertProductPayload']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['ProductUserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'ProductUserError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Category?: CategoryResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  ExternalIdentifier?: ExternalIdentifierResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  ProductUserError?: ProductUserErrorResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  ProductVariantConnection?: ProductVariantConnectionResolvers<ContextType>;
  ProductVariantEdge?: ProductVariantEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UnitCode?: GraphQLScalarType;
  UnitConversion?: UnitConversionResolvers<ContextType>;
  UpsertProductPayload?: UpsertProductPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  sor?: SorDirectiveResolver<any, any, ContextType>;
};
