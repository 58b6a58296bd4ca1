"""The published study's figures, and the denominators that we chose to fit them.

Source: the answers to freedom-of-information requests that Big Brother Watch published in February 2022: 663 schools, 66 further
education colleges, 73 universities, 325 councils, 50 NHS trusts and 40 police forces answered (1,217 together); 60.8% of them had
cameras by Hikvision or Dahua, of these 89% Hikvision and 12% Dahua; 73% of councils, 57% of secondary schools in England,
60% of NHS trusts.
"""

ANSWERED = {"school": 663, "college": 66, "university": 73, "council": 325, "nhs": 50, "police": 40}
"""Published."""

SHARES = {"all": 60.8, "council": 73, "English secondary school": 57, "nhs": 60, "hikvision": 89, "dahua": 12}
"""Published, in per cent, of the bodies that answered; the makers' of those with either."""

ENGLISH_SECONDARY = 600
"""Ours: how many of the 663 schools were secondary schools in England is not published."""

HAVE = {
    "council": 237,
    "English secondary school": 342,
    "other school": 36,
    "nhs": 30,
    "college": 40,
    "university": 43,
    "police": 12,
}
"""Ours: whole numbers of bodies that give the published shares (237/325, 342/600, 30/50) and add up to 740 of 1,217."""

HIKVISION, DAHUA, BOTH = 659, 89, 8
"""Ours: whole numbers that give 89% and 12% of 740."""

LISTED_SHARE = {"council": 0.73, "school": 0.57, "nhs": 0.60}
OTHER_LISTED = 95 / 179
SHARE_HIKVISION, SHARE_DAHUA = 0.89, 0.12
"""What the generator of a made-up country draws by."""
