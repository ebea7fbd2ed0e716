// java -cp JAR HeidelTime.java CONFIG PARAGRAPHS WARM_UP RUNS SECONDS
// Prints "found seconds" for each run, RUNS at least and SECONDS long at least, of HeidelTime's Vietnamese rules over the paragraphs, one a line of the file.
import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.logging.LogManager;

class HeidelTime {
    static final Date PUBLISHED = new Date();

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset(); // it logs every call
        // Its word segmenter for Vietnamese needs a model that is not among its files; without, it splits at spaces.
        var tool = new HeidelTimeStandalone(Language.VIETNAMESE, DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.NO);
        var paragraphs = Files.readAllLines(Path.of(arguments[1]));
        pass(tool, paragraphs.subList(0, Integer.parseInt(arguments[2])));
        double total = 0;
        for (int run = 0; run < Integer.parseInt(arguments[3]) || total < Double.parseDouble(arguments[4]); run++) {
            long start = System.nanoTime();
            int found = pass(tool, paragraphs);
            double taken = (System.nanoTime() - start) / 1e9;
            total += taken;
            System.out.println(found + " " + taken);
        }
    }

    static int pass(HeidelTimeStandalone tool, List<String> paragraphs) throws Exception {
        int found = 0;
        for (String paragraph : paragraphs) {
            found += tool.process(paragraph, PUBLISHED).split("<TIMEX3", -1).length - 1;
        }
        return found;
    }
}
