export declare const FLAGS: readonly string[];
export declare const UNTHROTTLED: readonly string[];
export declare const AUTOPLAY: string;
export declare function chromiumPath(): string | null;
