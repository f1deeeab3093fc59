using SerLab.Features.Audio;
using SerLab.Fuzz.Mutation;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads sounds.</summary>
internal static class SoundTargets
{
    /// <summary>WAV always, the rest where libsndfile is installed.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("wav", "WAV files", _ => new FuzzAttack(Waves(), Read)),
        .. SndFileLibrary.Installed is null
            ? Array.Empty<FuzzTarget>()
            :
            [
                new(
                    "compressed",
                    "FLAC, Ogg, MP3, AIFF, CAF, AU and W64 by libsndfile",
                    folder => new FuzzAttack(Compressed(folder), Read)),
            ],
    ];

    private static void Read(FuzzSeed seed, byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        _ = AudioFile.Read(stream, seed.File);
    }

    private static FuzzSeed[] Waves()
    {
        RiffMutator mutator = new();
        return
        [
            .. Enum.GetValues<WavEncoding>().Select(encoding =>
            {
                using MemoryStream stream = new();
                WavWriter.Write(stream, SoundBytes.Tone(60), encoding);
                return new FuzzSeed($"{encoding}.wav", stream.ToArray(), mutator);
            }),
            .. new (int Tag, int Channels, int Bits)[] { (1, 2, 8), (1, 1, 24), (1, 8, 32), (3, 2, 64), (0xFFFE, 2, 16) }
                .Select(form => new FuzzSeed(
                    $"{form}.wav", SoundBytes.Wave(form.Tag, form.Channels, form.Bits), mutator)),
        ];
    }

    private static FuzzSeed[] Compressed(string folder) =>
    [
        .. new (string Name, int Format)[]
        {
            ("pcm.flac", 0x170002), ("vorbis.ogg", 0x200060), ("opus.ogg", 0x200064), ("layer3.mp3", 0x230082),
            ("pcm.aiff", 0x020002), ("alac.caf", 0x180070), ("ulaw.au", 0x030010), ("pcm.w64", 0x0B0002),
        }
        .Select(kind => (kind.Name, Bytes: SndFileWriter.TryWrite(Path.Combine(folder, kind.Name), kind.Format)))
        .Where(written => written.Bytes is not null)
        .Select(written => written.Name.EndsWith(".ogg", StringComparison.Ordinal)
            ? new FuzzSeed(written.Name, OggPages.Seal(written.Bytes!), ByteMutator.Instance) { Seal = OggPages.Seal }
            : new FuzzSeed(written.Name, written.Bytes!, ByteMutator.Instance)),
    ];
}
