//! Tables as Parquet: strings, 64-bit integers, doubles, booleans, nulls where there is nothing; SNAPPY, row groups of some ten thousand rows, so that
//! memory stays flat.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::error::Error;
use crate::output::columns::{Cell, Facts, Table, Type};
use crate::output::file::WholeFile;

/// Rows that wait until they are written together.
const BATCH: usize = 4096;
/// Rows of a row group.
const GROUP: usize = 50_000;

/// A table that is written.
pub struct ParquetTable {
    table: &'static Table,
    path: String,
    schema: Arc<Schema>,
    columns: Vec<Builder>,
    rows: usize,
    /// Never locked: it makes the table one that threads may render from, which the writer alone is not.
    writer: Mutex<ArrowWriter<WholeFile>>,
}

impl ParquetTable {
    /// Begins the file.
    pub fn new(table: &'static Table, path: &Path) -> Result<ParquetTable, Error> {
        let fields: Vec<Field> = table.columns.iter().map(|column| Field::new(column.name, data_type(column.kind), true)).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_max_row_group_row_count(Some(GROUP)).build();
        let file = WholeFile::create(path)?;
        let path = path.display().to_string();
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).map_err(|error| Error::new(path.clone(), error))?;
        let columns = table.columns.iter().map(|column| Builder::new(column.kind)).collect();
        Ok(ParquetTable { table, path, schema, columns, rows: 0, writer: Mutex::new(writer) })
    }

    /// The rows of one text.
    pub fn render(&self, facts: &Facts) -> Vec<Vec<Cell>> {
        (self.table.rows)(facts)
    }

    /// Writes what was rendered.
    pub fn write(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), Error> {
        for row in rows {
            self.columns.iter_mut().zip(row).for_each(|(column, cell)| column.append(cell));
            self.rows += 1;
            if self.rows == BATCH {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.rows = 0;
        let arrays = self.columns.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(|error| Error::new(self.path.clone(), error))?;
        self.writer.get_mut().unwrap_or_else(PoisonError::into_inner).write(&batch).map_err(|error| Error::new(self.path.clone(), error))
    }

    /// Completes the file and puts it into its place.
    pub fn finish(mut self) -> Result<(), Error> {
        if self.rows > 0 {
            self.flush()?;
        }
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        writer.into_inner().map_err(|error| Error::new(self.path, error))?.finish()
    }
}

impl std::fmt::Debug for ParquetTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetTable").field("path", &self.path).finish_non_exhaustive()
    }
}

fn data_type(kind: Type) -> DataType {
    match kind {
        Type::Text => DataType::Utf8,
        Type::Int => DataType::Int64,
        Type::Float => DataType::Float64,
        Type::Bool => DataType::Boolean,
    }
}

/// A column under way.
enum Builder {
    Text(StringBuilder),
    Int(Int64Builder),
    Float(Float64Builder),
    Bool(BooleanBuilder),
}

impl Builder {
    fn new(kind: Type) -> Builder {
        match kind {
            Type::Text => Builder::Text(StringBuilder::new()),
            Type::Int => Builder::Int(Int64Builder::new()),
            Type::Float => Builder::Float(Float64Builder::new()),
            Type::Bool => Builder::Bool(BooleanBuilder::new()),
        }
    }

    /// A cell has the type of its column: both come from one declaration.
    fn append(&mut self, cell: Cell) {
        match (self, cell) {
            (Builder::Text(column), Cell::Text(cell)) => column.append_option(cell),
            (Builder::Int(column), Cell::Int(cell)) => column.append_option(cell),
            (Builder::Float(column), Cell::Float(cell)) => column.append_option(cell),
            (Builder::Bool(column), Cell::Bool(cell)) => column.append_option(cell),
            (Builder::Text(column), _) => column.append_null(),
            (Builder::Int(column), _) => column.append_null(),
            (Builder::Float(column), _) => column.append_null(),
            (Builder::Bool(column), _) => column.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Builder::Text(column) => Arc::new(column.finish()),
            Builder::Int(column) => Arc::new(column.finish()),
            Builder::Float(column) => Arc::new(column.finish()),
            Builder::Bool(column) => Arc::new(column.finish()),
        }
    }
}
