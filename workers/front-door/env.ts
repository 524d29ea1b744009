// The variables of this Worker. It has no binding.

export interface FrontDoorEnv {
	STUDIO_DOMAIN: string;
	APPS_DOMAIN: string;
	PUBLIC_URL: string;
}
