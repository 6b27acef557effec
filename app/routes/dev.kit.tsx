import { KitGallery } from "~/ui/kit-gallery";
import sample from "~/ui/kit-sample.json";
import { page } from "~/ui/page-handle";

// The gallery of the kit: in development only, at /dev/kit. Look here after every change of the kit.
export const handle = page({
  title: () => sample.title,
  crumbs: () => [{ label: sample.navigation.sections[2]?.title ?? "", to: "/" }, { label: sample.title }],
});

export default KitGallery;
