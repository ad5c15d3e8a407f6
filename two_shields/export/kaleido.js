const fitted = svg => {
    const image = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    document.body.append(image);
    for (const line of image.querySelectorAll("tspan.line, text:not(:has(tspan.line))")) {
        const width = line.getComputedTextLength();
        if (width) line.setAttribute("textLength", width.toFixed(1));
        if (width) line.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
    image.remove();
    return new XMLSerializer().serializeToString(image);
};
const drawn = Plotly.toImage;
Plotly.toImage = async (figure, how) => {
    await document.fonts.load('12px "Source Sans"');
    if (how.format === "svg") return fitted(await drawn(figure, how));
    const svg = await drawn(figure, {...how, format: "svg"});
    const style = document.getElementById("typeface").innerHTML;
    const image = await Plotly.Snapshot.svgToImg({
        ...how, svg: svg.replace(">", `><style>${style}</style>`),
        canvas: document.createElement("canvas"), promise: true,
    });
    return image.slice(image.indexOf(",") + 1);
};
