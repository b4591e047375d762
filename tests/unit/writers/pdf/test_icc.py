from __future__ import annotations

import io

from PIL import Image, ImageCms

from octavo.writers.pdf.icc import SRGB_NAME, srgb_profile


def test_the_profile_is_read_as_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert ImageCms.getProfileDescription(profile).strip() == SRGB_NAME
    assert profile.profile.version == 4.2


def test_colours_come_out_as_by_the_reference() -> None:
    image = Image.merge("RGB", [Image.linear_gradient("L").rotate(angle) for angle in (0, 90, 180)])
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    there = ImageCms.profileToProfile(image, ours, ImageCms.createProfile("LAB"), outputMode="LAB")
    reference = ImageCms.profileToProfile(
        image, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert there is not None
    assert reference is not None
    apart = {(one - other) % 256 for one, other in zip(there.tobytes(), reference.tobytes(), strict=True)}
    assert apart <= {0, 1, 255}


def test_the_profile_is_the_same_each_time() -> None:
    assert srgb_profile() == srgb_profile()
    assert int.from_bytes(srgb_profile()[:4], "big") == len(srgb_profile())
